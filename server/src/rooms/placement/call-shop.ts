import type { BrowserConnector, OrderClue } from "@muse/connectors/browser/browser-port";
import { cancelInBrowser, lookUpInBrowser, placeInBrowser, type OrderVisit } from "@muse/connectors/browser/visits";
import { failpoint } from "@muse/connectors/failpoint";
import type {
  Address,
  CancelOutcome,
  LookUpOutcome,
  PlaceLine,
  PlaceOutcome,
  PlaceRequest,
  StoreAccess,
} from "@muse/connectors/port";
import { must } from "#kernel/assert.ts";
import { visitFolder } from "./evidence.ts";
import type { Browsing } from "./browsing.ts";
import { attemptSubmitting } from "./placement.sql.gen.ts";
import {
  momentOf,
  named,
  openAccess,
  orLate,
  type Deadline,
  type Moment,
  type SealedStore,
  type StoreCallDeps,
} from "./store-call.ts";
import type { OutcomeDeps } from "./write-outcome.ts";

export type ShopDeps = StoreCallDeps &
  OutcomeDeps & {
    /** Null where this worker has no browser. */
    readonly browsing: Browsing | null;
    /** For stores that want an address to write to and a shopper who gave none: our own. */
    readonly contactEmailFallback: string;
  };

export type OpenedShop =
  | {
      readonly kind: "opened";
      readonly shop: BrowserConnector;
      readonly browsing: Browsing;
      readonly access: StoreAccess;
    }
  | { readonly kind: "no_connector" }
  | { readonly kind: "credentials" };

type Opened = Extract<OpenedShop, { kind: "opened" }>;

/** Finds a web shop's recipe and opens its account, which lives no longer than the visit that needs it (P4). */
export function openShop(
  { browsing, masterKey }: Pick<ShopDeps, "browsing" | "masterKey">,
  store: SealedStore,
): OpenedShop {
  const shop = browsing === null ? undefined : named(browsing.shops, store.connector);
  if (browsing === null || shop === undefined || store.baseUrl === null) return { kind: "no_connector" };
  const access = openAccess(masterKey, { ...store, baseUrl: store.baseUrl }, "headless");
  return access === null ? { kind: "credentials" } : { kind: "opened", shop, browsing, access };
}

/** How long a visit that was told to end may take to put its browser away; the database's deadline is later still. */
const lateMs = 12_000;

/** A leave to press is used at once or not at all: whoever slept longer in between asks nobody else to bear with it. */
const leaveMsMax = 5_000;

type Placing = { readonly attemptId: string; readonly request: PlaceRequest; readonly deadline: Deadline };

/**
 * Orders once in the store's own shop. The button is pressed only after this attempt's `submitting` is committed; until
 * then whatever happens is proof that nothing was ordered, and from then on it is `unknown` unless the shop says
 * otherwise.
 */
export async function placeInShop(deps: ShopDeps, opened: Opened, placing: Placing): Promise<PlaceOutcome> {
  const { shop, browsing, access } = opened;
  const { attemptId, request, deadline } = placing;
  const leave = newLeave(deps, placing);
  const late: PlaceOutcome = { kind: "unknown", detail: "the browser did not come back" };
  let outcome: PlaceOutcome;
  try {
    const visiting = placeInBrowser(await browsing.house(), {
      connector: shop,
      access,
      request,
      signal: browsing.within(deadline.leftMs()),
      evidenceFolder: visitFolder(browsing.evidenceFolder, attemptId, "place"),
      beforeSubmit: leave.ask,
    });
    outcome = await orLate(visiting, deadline.leftMs() + lateMs, late);
  } catch (error) {
    deps.log.error("placement.connector_failed", { reason: shop.name }, error);
    outcome = { kind: "unknown", detail: "the recipe failed" };
  }
  return leave.proves(outcome);
}

/** What was granted, and what follows from that for a visit that ends without knowing. */
function newLeave({ db, clock, log }: ShopDeps, { attemptId, deadline }: Placing) {
  let isOver = false;
  let isGiven = false;
  let isUnanswered = false;
  return {
    ask: async (): Promise<boolean> => {
      failpoint("browser.before_fence");
      const askedAt = momentOf(clock);
      if (isOver || deadline.leftMs() <= 0) return false;
      try {
        if (!(await attemptSubmitting(db, { attemptId })).maySubmit) return false;
      } catch (error) {
        // It may have been written; without being told so nobody presses.
        isUnanswered = true;
        log.warn("placement.no_leave", { attemptId }, error);
        return false;
      }
      failpoint("browser.after_fence");
      isGiven = !isOver && deadline.leftMs() > 0 && sinceMs(askedAt, momentOf(clock)) < leaveMsMax;
      return isGiven;
    },
    proves: (outcome: PlaceOutcome): PlaceOutcome => {
      isOver = true;
      if (isGiven) return outcome;
      if (outcome.kind === "unknown")
        return { ...outcome, kind: "unavailable", reason: "browser_lost", retryAfterMs: null };
      const isFenced = outcome.kind === "unavailable" && outcome.reason === "fence_lost";
      if (isFenced && isUnanswered)
        return { ...outcome, reason: "overloaded", detail: "the database did not answer before the button" };
      return outcome;
    },
  };
}

function sinceMs(then: Moment, now: Moment): number {
  return Math.max(now.monotonicMs - then.monotonicMs, now.wallMs - then.wallMs);
}

/** What was claimed of an order that a shop is asked about. */
export type Asked = {
  readonly orderNumber: string;
  readonly attemptId: string;
  /** As placement.clue_1 has it. */
  readonly clue: unknown;
  readonly timeoutMs: number;
  /** Of the folder: what it was that was asked, and how often before. */
  readonly visit: string;
};

/** Asks a web shop what became of an order. */
export async function lookUpInShop(deps: ShopDeps, opened: Opened, asked: Asked): Promise<LookUpOutcome> {
  return await ask(deps, opened, asked, async (house, visit) => await lookUpInBrowser(house, visit));
}

/** Asks a web shop to take an order back. */
export async function cancelInShop(
  deps: ShopDeps,
  opened: Opened,
  asked: Asked & { readonly storeOrderNumber: string },
): Promise<CancelOutcome> {
  const { storeOrderNumber } = asked;
  return await ask(deps, opened, asked, async (house, visit) => cancelInBrowser(house, { ...visit, storeOrderNumber }));
}

type Visiting<T> = (
  house: Awaited<ReturnType<Browsing["house"]>>,
  visit: Omit<OrderVisit, "storeOrderNumber">,
) => Promise<T>;

async function ask<T>(deps: ShopDeps, opened: Opened, asked: Asked, visiting: Visiting<T>) {
  const { shop, browsing, access } = opened;
  const { attemptId, timeoutMs, visit } = asked;
  try {
    const house = await browsing.house();
    const answering = visiting(house, {
      connector: shop,
      access,
      clue: clueOf(asked, deps.contactEmailFallback),
      signal: browsing.within(timeoutMs),
      evidenceFolder: visitFolder(browsing.evidenceFolder, attemptId, visit),
    });
    return await orLate(answering, timeoutMs + lateMs, silence("the browser did not come back"));
  } catch (error) {
    deps.log.error("placement.connector_failed", { attemptId, reason: shop.name }, error);
    return silence("the recipe failed");
  }
}

function silence(detail: string) {
  return { kind: "unavailable", detail } as const;
}

type ClaimedClue = {
  readonly shipTo: Address | null;
  readonly contactEmail: string | null;
  readonly lines: readonly PlaceLine[];
  readonly pressedFrom: string;
  readonly pressedUntil: string;
  readonly otherOrderNumbers: readonly string[];
};

function clueOf({ orderNumber, clue }: Asked, contactEmailFallback: string): OrderClue {
  const { shipTo, contactEmail, pressedFrom, pressedUntil, ...rest } = clue as ClaimedClue;
  return {
    ...rest,
    reference: orderNumber,
    contactEmail: contactEmail ?? contactEmailFallback,
    shipTo: must(shipTo, "clueOf: a paid parcel has its address"),
    pressedFrom: new Date(pressedFrom),
    pressedUntil: new Date(pressedUntil),
  };
}
