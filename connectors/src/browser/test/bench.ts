import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import type { Address, PlaceLine, PlaceOutcome, PlaceRequest, StoreAccess } from "../../port.ts";
import { openSimulator, type Simulator, type StoreOrder } from "../../simulator.ts";
import type { BrowserConnector, OrderClue } from "../browser-port.ts";
import { openBrowserHouse, type BrowserHouse } from "../house.ts";
import { placeInBrowser, type OrderVisit, type PlaceVisit } from "../visits.ts";

/** What the suite must know of a web shop's recipe and of the shop that stands in for the real one. */
export type BrowserSubject = {
  readonly connector: BrowserConnector;
  readonly slug: string;
  /** Something that is never out of stock, and what one of it costs delivered to a state without sales tax. */
  readonly line: Pick<PlaceLine, "sku" | "size" | "color"> & {
    readonly productPath: string;
    readonly priceMinor: number;
  };
  readonly totalMinor: number;
  readonly shippingOptionId: string;
  /** The shop's steps by their endpoints' names, as fault rules know them: those before the button, in order. */
  readonly steps: readonly string[];
  /** Which of them can be found changed. */
  readonly changing: readonly string[];
  /** Where a queue can stand, and where the shop can forget who we are. */
  readonly queueAt: string;
  readonly forgetsAt: string;
  /** Whether the shop keeps our number with the order. */
  readonly keepsReference: boolean;
  /** An address that the shop refuses by itself, or a fault that makes it. */
  readonly refusesAddress: { readonly kind: "fault" } | { readonly kind: "state"; readonly state: string };
  readonly lookUpEndpoint: string;
};

/** Oregon: goods and delivery, no tax. */
export const home: Address = {
  name: "Jane Q. Doefield",
  address1: "Marketplace St",
  address2: "Apt 4",
  city: "Portlandia",
  state: "OR",
  zip: "97201",
  country: "US",
  phone: "+15035550100",
};

type Rule = { readonly endpoint: string; readonly kind: string; readonly times?: number; readonly value?: number };

export type BrowserScene = {
  readonly house: BrowserHouse;
  readonly access: StoreAccess;
  readonly request: PlaceRequest;
  readonly clue: OrderClue;
  readonly fault: (...rules: readonly Rule[]) => Promise<void>;
  readonly place: (change?: Partial<PlaceVisit>) => Promise<PlaceOutcome>;
  /** Orders that the shop has accepted since the scene began. */
  readonly orders: (kind?: "order" | "order_cancelled") => Promise<readonly StoreOrder[]>;
  /** A visit that asks about an order. */
  readonly ask: (storeOrderNumber?: string) => OrderVisit;
  readonly advance: (storeOrderNumber: string) => Promise<void>;
};

export type BrowserBench = { next(): Promise<BrowserScene> };

/** One step of an order's life at a time, not as the clock has it. */
const stillLife = { autoAdvance: false, stepMs: 20_000 };
/** What is there comes sooner, on a busy machine too; and what will not come is waited for no longer. */
const stepMs = 4_000;
const submitMs = 3_000;
const visitMs = 60_000;

/** One simulator and one browser for the whole file; each scene is a visitor whom the shop does not know. */
export function openBrowserBench(subject: BrowserSubject): BrowserBench {
  let opened: Promise<{ readonly simulator: Simulator; readonly house: BrowserHouse }> | undefined;
  let count = 0;
  const folder = mkdtempSync(join(tmpdir(), "muse-browser-"));
  // The browser's own user has to get through to its profile.
  chmodSync(folder, 0o711);
  after(async () => {
    const all = await opened;
    await all?.house.close();
    all?.simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = async (): Promise<{ readonly simulator: Simulator; readonly house: BrowserHouse }> => {
    const simulator = await openSimulator(stillLife);
    const house = await openBrowserHouse({
      profilesFolder: join(folder, "profiles"),
      browsersMax: 1,
      stepMs,
      submitMs,
      chromiumPath: process.env["CHROMIUM_PATH"],
      pace: { keyMs: 0, pauseMs: 0 },
    });
    return { simulator, house };
  };
  return {
    async next() {
      opened ??= open();
      const { simulator, house } = await opened;
      await simulator.setFaults([]);
      await house.contextOf(subject.slug)?.clearCookies();
      count += 1;
      return await openScene(subject, { simulator, house, reference: `MO-WEB-${process.pid}-${count}` });
    },
  };
}

type Ground = { readonly simulator: Simulator; readonly house: BrowserHouse; readonly reference: string };

async function openScene(subject: BrowserSubject, { simulator, house, reference }: Ground): Promise<BrowserScene> {
  const { connector, slug } = subject;
  const access = { ...(await simulator.storeSheet(slug)), storeId: slug };
  const before = {
    order: (await simulator.allOrdersAtStore(slug, "order")).length,
    order_cancelled: (await simulator.allOrdersAtStore(slug, "order_cancelled")).length,
  };
  const { sku, size, color, productPath, priceMinor } = subject.line;
  // Where a shop tells orders apart by what and where alone, each scene has a house of its own.
  const shipTo = { ...home, address1: `${reference.split("-").at(-1)} ${home.address1}` };
  const productUrl = `${access.baseUrl}${productPath}`;
  const lines = [{ sku, size, color, quantity: 1, unitPriceMinor: priceMinor, title: "Thing", productUrl }];
  const request: PlaceRequest = {
    reference,
    currency: "USD",
    lines,
    shipTo,
    contactEmail: "orders@muse.example",
    shippingOptionId: subject.shippingOptionId,
    totalMinorMax: subject.totalMinor,
  };
  const clue: OrderClue = {
    reference,
    lines,
    shipTo,
    contactEmail: request.contactEmail,
    otherOrderNumbers: [],
    pressedFrom: new Date(Date.now() - 5_000),
    pressedUntil: new Date(Date.now() + visitMs),
  };
  const visit = (): Pick<PlaceVisit, "connector" | "access" | "signal" | "evidenceFolder"> => ({
    connector,
    access,
    evidenceFolder: null,
    signal: AbortSignal.timeout(visitMs),
  });
  return {
    house,
    access,
    request,
    clue,
    fault: async (...rules) => await simulator.setFaults(rules.map((rule) => ({ part: slug, ...rule }))),
    place: async (change = {}) =>
      await placeInBrowser(house, { ...visit(), request, beforeSubmit: async () => true, ...change }),
    orders: async (kind = "order") => (await simulator.allOrdersAtStore(slug, kind)).slice(before[kind]),
    ask: (storeOrderNumber = "XX-404") => ({ ...visit(), clue, storeOrderNumber }),
    advance: async (number) => await simulator.advance(slug, number),
  };
}

/** Places it, and answers the shop's number. */
export async function placed(scene: BrowserScene): Promise<string> {
  const outcome = await scene.place();
  assert.equal(outcome.kind, "placed", JSON.stringify(outcome));
  return outcome.storeOrderNumber;
}

/** @param expected `placed`, `refused price_above_guard`, `unavailable captcha`, `unknown` */
export function assertNamed(outcome: PlaceOutcome, expected: string): void {
  const name = "reason" in outcome ? `${outcome.kind} ${outcome.reason}` : outcome.kind;
  // Whoever writes a recipe wants the step and the locator.
  assert.equal(name, expected, JSON.stringify(outcome));
}
