import { failpoint } from "../failpoint.ts";
import type { CancelOutcome, LookUpOutcome, PlaceOutcome, PlaceRequest, StoreAccess, TrackOutcome } from "../port.ts";
import type { BrowserConnector, OrderClue } from "./browser-port.ts";
import type { BrowserHouse, VisitSpec } from "./house.ts";
import { wordsOf } from "./private-words.ts";
import { Stop, type Ending } from "./stop.ts";
import type { Walk } from "./walk.ts";

export type Visit = {
  readonly connector: BrowserConnector;
  readonly access: StoreAccess;
  /** Ends the visit, whatever it is at. Before the button that is `unavailable`, after it `unknown`. */
  readonly signal: AbortSignal;
  /** Where the visit's evidence goes (steps.json, pictures, outline.txt, trace.zip); null keeps none. */
  readonly evidenceFolder: string | null;
};

export type PlaceVisit = Visit & {
  readonly request: PlaceRequest;
  /**
   * Called once, when everything is ready for the button and the store's total is within the guard. The caller writes
   * `submitting` with its fence; false, and the button is not pressed.
   */
  readonly beforeSubmit: () => Promise<boolean>;
};

/** Orders once. A shop that forgot who we are before the button is begun with once more, from its first step. */
export async function placeInBrowser(house: BrowserHouse, visit: PlaceVisit): Promise<PlaceOutcome> {
  const { connector, access, request, beforeSubmit } = visit;
  const { shipTo, contactEmail } = request;
  const spec = specOf(visit, "place", wordsOf(shipTo, contactEmail));
  return await endingOf(
    house.visit({ ...spec, beforeSubmit }, async (walk) => {
      failpoint("browser.before_sign_in");
      try {
        return await connector.place(walk, access, request);
      } catch (cause) {
        if (!isForgotten(cause) || walk.ground.gate.wasOpened()) throw cause;
        return await connector.place(walk, access, request);
      }
    }),
  );
}

function isForgotten(cause: unknown): boolean {
  return cause instanceof Stop && cause.ending.kind === "unavailable" && cause.ending.reason === "sign_in_lost";
}

export type ClueVisit = Visit & { readonly clue: OrderClue };

export async function lookUpInBrowser(house: BrowserHouse, visit: ClueVisit): Promise<LookUpOutcome> {
  const { connector, access, clue } = visit;
  return await ask(house, "look up", visit, (walk) => connector.lookUp(walk, access, clue));
}

export type OrderVisit = ClueVisit & { readonly storeOrderNumber: string };

export async function cancelInBrowser(house: BrowserHouse, visit: OrderVisit): Promise<CancelOutcome> {
  const { connector, access, storeOrderNumber, clue } = visit;
  return await ask(house, "cancel", visit, (walk) => connector.cancel(walk, access, storeOrderNumber, clue));
}

export async function trackInBrowser(house: BrowserHouse, visit: OrderVisit): Promise<TrackOutcome> {
  const { connector, access, storeOrderNumber, clue } = visit;
  return await ask(house, "track", visit, (walk) => connector.track(walk, access, storeOrderNumber, clue));
}

type Silence = { readonly kind: "unavailable"; readonly detail: string };

async function ask<T>(
  house: BrowserHouse,
  kind: string,
  visit: ClueVisit,
  work: (walk: Walk) => Promise<T>,
): Promise<T | Silence> {
  const { shipTo, contactEmail } = visit.clue;
  try {
    return await house.visit(specOf(visit, kind, wordsOf(shipTo, contactEmail)), work);
  } catch (cause) {
    if (cause instanceof Stop) return { kind: "unavailable", detail: cause.message };
    throw cause;
  }
}

/** A Stop, as the outcome that it is. */
async function endingOf<T>(work: Promise<T>): Promise<T | Ending> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof Stop) return cause.ending;
    throw cause;
  }
}

function specOf(
  { connector, access, signal, evidenceFolder }: Visit,
  kind: string,
  personal: readonly (string | null)[],
): VisitSpec {
  const words = [...personal, ...Object.values(access.credentials)];
  return { connector, access, kind, signal, evidenceFolder, words };
}
