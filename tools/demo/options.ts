import { parseArgs } from "node:util";

export const cards = {
  visa: { token: "pm_card_visa", says: "a card that pays" },
  "3ds": { token: "pm_card_authenticationRequired", says: "a card whose bank asks its owner" },
  declined: { token: "pm_card_chargeDeclined", says: "a card that is declined" },
  insufficient: { token: "pm_card_chargeDeclinedInsufficientFunds", says: "a card without the money" },
} as const;

export type CardName = keyof typeof cards;

/** What is played. Stores are counted as in the cart: 1 is Harbor & Main, 2 is Harbor Outlet. */
export type Options = {
  readonly card: CardName;
  readonly storeFails: 1 | 2 | null;
  readonly isAllOrNothing: boolean;
  readonly storeTimesOut: boolean;
  /** How many place calls are sent at once. */
  readonly concurrent: number;
  readonly isWebhookOnly: boolean;
  readonly isManual: boolean;
  readonly isCancelled: boolean;
  readonly language: "en" | "ko";
  readonly isOwn: boolean;
};

/** Called with options that cannot be, or cannot be together; worded for whoever typed them. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** As many at once as a page with a nervous finger, ten tabs and a retrying proxy could send. */
const concurrentMax = 200;

export const help = `Plays Muse's main job against the running system, over HTTP as any client would, and proves how it ended.

  npm run demo                             two stores, four items, one payment, followed until it is delivered
  npm run demo -- --card 3ds               visa (default), 3ds, declined or insufficient
  npm run demo -- --store-fails 2          the second store (or the first: 1) has run out: its order alone is refunded
  npm run demo -- --store-fails 2 --all-or-nothing   … and so is the other, because the shopper wants all or nothing
  npm run demo -- --store-times-out        the second store accepts and never answers: looked up, not ordered again
  npm run demo -- --concurrent 10          ten place calls at once: one charge
  npm run demo -- --webhook-only           the payment provider's answer is lost; its event tells what happened
  npm run demo -- --manual                 an order for a web shop goes to the desk, where a person places it
  npm run demo -- --cancel                 the shopper cancels one of the two orders after it was placed
  npm run demo -- --lang ko                the API answers in Korean
  npm run demo -- --own                    starts a system of its own for this, and removes it afterwards

It finds the system of \`npm start\` by API_PORT, SANDBOX_PORT, and DATABASE_URL or MUSE_DATA.
Exit code: 0 everything ended as it should, 1 something did not, 2 it was called wrongly or nothing is running.`;

/** @returns "help" when that is asked for. @throws UsageError */
export function readOptions(args: readonly string[]): Options | "help" {
  const values = parseOptions([...args]);
  if (values.help) return "help";
  const options: Options = {
    card: cardOf(values.card),
    storeFails: storeOf(values["store-fails"]),
    isAllOrNothing: values["all-or-nothing"],
    storeTimesOut: values["store-times-out"],
    concurrent: countOf(values.concurrent),
    isWebhookOnly: values["webhook-only"],
    isManual: values.manual,
    isCancelled: values.cancel,
    language: languageOf(values.lang),
    isOwn: values.own,
  };
  const clash = clashOf(options);
  if (clash !== undefined) throw new UsageError(clash);
  return options;
}

/** Whether the card never pays, so that nothing is placed. */
export function isDeclined({ card }: Options): boolean {
  return card === "declined" || card === "insufficient";
}

function parseOptions(args: string[]) {
  try {
    const flag = { type: "boolean", default: false } as const;
    const { values } = parseArgs({
      args,
      options: {
        card: { type: "string", default: "visa" },
        "store-fails": { type: "string" },
        "all-or-nothing": flag,
        "store-times-out": flag,
        concurrent: { type: "string", default: "1" },
        "webhook-only": flag,
        manual: flag,
        cancel: flag,
        lang: { type: "string", default: "en" },
        own: flag,
        help: { ...flag, short: "h" },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function cardOf(text: string): CardName {
  if (Object.hasOwn(cards, text)) return text as CardName;
  throw new UsageError(`--card is one of ${Object.keys(cards).join(", ")}, not ${JSON.stringify(text)}`);
}

function storeOf(text: string | undefined): 1 | 2 | null {
  if (text === undefined) return null;
  if (text === "1" || text === "2") return text === "1" ? 1 : 2;
  throw new UsageError(`--store-fails is 1 or 2, not ${JSON.stringify(text)}`);
}

function countOf(text: string): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= concurrentMax) return count;
  throw new UsageError(`--concurrent is a number from 1 to ${concurrentMax}, not ${JSON.stringify(text)}`);
}

function languageOf(text: string): "en" | "ko" {
  if (text === "en" || text === "ko") return text;
  throw new UsageError(`--lang is en or ko, not ${JSON.stringify(text)}`);
}

function clashOf(options: Options): string | undefined {
  const { storeFails, storeTimesOut, isManual, isCancelled, isAllOrNothing } = options;
  const isStoreFaulty = storeFails !== null || storeTimesOut;
  const isMoreThanPaid = isStoreFaulty || isManual || isCancelled;
  const clashes = [
    {
      is: isDeclined(options) && isMoreThanPaid,
      why: "a declined card reaches no store: leave out what happens there",
    },
    { is: isManual && (isStoreFaulty || isCancelled), why: "--manual plays with one store alone, which does not fail" },
    { is: storeFails === 2 && storeTimesOut, why: "the second store cannot both refuse and accept" },
    { is: isCancelled && isStoreFaulty, why: "--cancel wants two orders that were placed" },
    { is: isAllOrNothing && storeFails === null, why: "--all-or-nothing says something only with --store-fails" },
    { is: isAllOrNothing && storeTimesOut, why: "--all-or-nothing and --store-times-out are played one at a time" },
  ];
  return clashes.find(({ is }) => is)?.why;
}
