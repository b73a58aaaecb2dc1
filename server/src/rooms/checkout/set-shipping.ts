import type { Address, ShippingBody } from "@muse/contracts/checkout";
import type { Language } from "@muse/contracts/error";
import { must, unreachable } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import type { Details } from "#platform/http/problem.ts";
import { checkAddress, invalidAddress, type CheckedAddress } from "#rooms/address";
import { quoteBasis, quoteGroups, type Quote } from "#rooms/quote";
import { sessionQuote, sessionRead, type SessionQuoteRow } from "./checkout.sql.gen.ts";
import { freshState, type SessionState } from "./present.ts";
import { sessionRecord, type SessionRecord } from "./record.ts";
import type { SessionClosed } from "./session-commands.ts";

export type ShippingChoice = { readonly storeId: string; readonly optionId: string };

export type SetShipping = {
  readonly sessionId: string;
  readonly accountId: string;
  /** Null: the address stays, only the choices change. */
  readonly address: ShippingBody | null;
  readonly choices: readonly ShippingChoice[];
  /** Of the sentences that say what is wrong with an address. */
  readonly language?: Language;
};

export type Shipped =
  | { readonly kind: "shipped"; readonly state: SessionState; readonly correctedAddress: Address | null }
  | { readonly kind: "address_invalid"; readonly field: string; readonly details: Details }
  | { readonly kind: "address_required" }
  /** Its delivery options were taken away; only operators can give it some. */
  | { readonly kind: "store_does_not_ship"; readonly storeId: string }
  | { readonly kind: "option_invalid"; readonly field: string; readonly details: Details }
  | { readonly kind: SessionClosed };

/** Another tab may write in between; then the quote is computed again from what it left. More than this is no tab. */
const triesMax = 5;

/**
 * Takes the address or the choices, and writes what shipping and tax come to. Nothing the caller says is a price
 * (M6).
 */
export async function setShipping(db: Db, input: SetShipping): Promise<Shipped> {
  const checked = input.address === null ? null : checkAddress(input.address);
  if (checked?.kind === "invalid") {
    return { kind: "address_invalid", ...invalidAddress(checked, input.language ?? "en") };
  }
  for (let attempt = 1; attempt <= triesMax; attempt += 1) {
    const written = await setOnce(db, input, checked);
    if (written !== null) return written;
  }
  return { kind: "processing" };
}

type ValidAddress = Extract<CheckedAddress, { kind: "valid" }> | null;

/** Null when the session moved between the read and the write: compute again. */
async function setOnce(db: Db, input: SetShipping, checked: ValidAddress): Promise<Shipped | null> {
  const { sessionId, accountId } = input;
  const row = await sessionRead(db, { sessionId, accountId });
  if (row === null) return { kind: "not_found" };
  const session = sessionRecord(row.session);
  const address = checked?.address ?? session.shippingAddress;
  if (address === null) return { kind: "address_required" };

  const quoted = await quoteFor(db, session, address.state, input.choices);
  if (quoted.kind !== "quoted") return quoted;
  const written = await write(db, session, checked, quoted.quote);
  switch (written.outcome) {
    case "quoted":
      return { kind: "shipped", state: freshState(written.session), correctedAddress: checked?.corrected ?? null };
    case "moved":
      return null;
    default:
      return { kind: written.outcome as SessionClosed };
  }
}

function write(
  db: Db,
  { sessionId, accountId, version }: SessionRecord,
  checked: ValidAddress,
  quote: Quote,
): Promise<SessionQuoteRow> {
  return sessionQuote(db, {
    sessionId,
    accountId,
    version,
    shippingAddress: checked === null ? null : { ...checked.address },
    contactEmail: checked?.email ?? null,
    quote: { groups: quote.groups },
    shippingMinor: BigInt(quote.shippingMinor),
    taxMinor: BigInt(quote.taxMinor),
    discountMinor: BigInt(quote.discountMinor),
  });
}

type Quoted =
  | { readonly kind: "quoted"; readonly quote: Quote }
  | Extract<Shipped, { kind: "option_invalid" | "store_does_not_ship" }>;

async function quoteFor(
  db: Db,
  session: SessionRecord,
  state: string,
  choices: readonly ShippingChoice[],
): Promise<Quoted> {
  const { groups } = session.snapshot;
  const storeIds = [...new Set(groups.filter(({ kind }) => kind === "physical").map(({ storeId }) => storeId))];
  const stranger = choices.findIndex(({ storeId }) => !storeIds.includes(storeId));
  if (stranger >= 0) return optionInvalid(stranger, storeIds);

  const basis = await quoteBasis(db, storeIds, state);
  const result = quoteGroups({
    groups,
    options: basis.options,
    chosen: {
      ...chosenBefore(session),
      ...Object.fromEntries(choices.map(({ storeId, optionId }) => [storeId, optionId])),
    },
    taxRatePpm: must(basis.taxRatePpm, "every state that is delivered to has a tax rate"),
    // Counted from the session's start: what was promised then is kept for as long as its prices are.
    today: dayOf(session.createdAt),
  });
  switch (result.kind) {
    case "quoted":
      return result;
    case "option_unknown":
      return optionInvalid(
        choices.findIndex(({ storeId }) => storeId === result.storeId),
        result.choices,
      );
    case "store_does_not_ship":
      return result;
    default:
      return unreachable(result);
  }
}

function dayOf(unixMs: number): string {
  return must(new Date(unixMs).toISOString().split("T")[0], "an instant has a day");
}

function chosenBefore(session: SessionRecord): Record<string, string> {
  return Object.fromEntries(
    session.snapshot.groups.flatMap(({ key, storeId }) => {
      const optionId = session.quote?.groups[key]?.shippingOptionId ?? null;
      return optionId === null ? [] : [[storeId, optionId]];
    }),
  );
}

function optionInvalid(index: number, choices: readonly string[]): Extract<Shipped, { kind: "option_invalid" }> {
  return { kind: "option_invalid", field: `choices[${Math.max(0, index)}]`, details: { choices: [...choices] } };
}
