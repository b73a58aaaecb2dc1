import type { Locator, Page } from "playwright-core";

import type {
  Address,
  CancelOutcome,
  LookUpOutcome,
  PlaceLine,
  PlaceOutcome,
  PlaceRequest,
  StoreAccess,
  TrackOutcome,
} from "../port.ts";
import type { Cover, Sign } from "./signs.ts";
import type { IsSubmit } from "./submit-gate.ts";
import type { Walk } from "./walk.ts";

/** What Muse knows of an order that a shop is asked about: shops find orders by many things, seldom by our number. */
export type OrderClue = {
  readonly reference: string;
  readonly contactEmail: string;
  readonly shipTo: Address;
  readonly lines: readonly PlaceLine[];
  /** When the button may have been pressed, from the attempt's start to its end, on Muse's clock. */
  readonly pressedFrom: Date;
  readonly pressedUntil: Date;
  /** The store's numbers of other orders of ours that may look the same: none of them is the one. */
  readonly otherOrderNumbers: readonly string[];
};

/**
 * How one web shop is bought from by hand, as a recipe over the page. Its functions may throw a Stop (stop.ts), which
 * says why they end; `visits.ts` makes it the outcome. How to write one: docs/connectors.md.
 */
export type BrowserConnector = {
  readonly name: string;
  /** Whether `lookUp` can prove presence AND absence of an order, where it does not answer `unsupported`. */
  readonly canLookUp: boolean;
  /** Hosts beside the shop's own that its pages need: for pictures, scripts. `host` or `host:port`. */
  readonly hosts: readonly string[];
  /** The request that orders: no recipe can send it but by `press`. One that is not named here passes unguarded. */
  readonly isSubmit: IsSubmit;
  /** Calls of the page itself whose failing is the shop's failing, for shops that are one page. */
  readonly isCall: (url: string) => boolean;
  readonly signs: readonly Sign[];
  readonly covers: readonly Cover[];
  /** Where pages show people, beside what this order's own words find: masked in pictures. */
  readonly personal: (page: Page) => readonly Locator[];
  /** Whether the account's pages show other shoppers' orders: then only `place` leaves a trace and an outline. */
  readonly showsOthers: boolean;
  place(walk: Walk, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome>;
  lookUp(walk: Walk, access: StoreAccess, clue: OrderClue): Promise<LookUpOutcome>;
  cancel(walk: Walk, access: StoreAccess, storeOrderNumber: string, clue: OrderClue): Promise<CancelOutcome>;
  track(walk: Walk, access: StoreAccess, storeOrderNumber: string, clue: OrderClue): Promise<TrackOutcome>;
};
