import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, Page } from "playwright-core";

import type { StoreAccess } from "../port.ts";
import type { BrowserConnector } from "./browser-port.ts";
import { findChromium, writeLauncher } from "./chromium.ts";
import { openEvidence, type Evidence } from "./evidence.ts";
import { watchNetwork } from "./network.ts";
import { openPace, personsPace, type PaceOptions } from "./pace.ts";
import { privateWords } from "./private-words.ts";
import { openRoom, type Room, type RoomOptions } from "./room.ts";
import { commonSigns } from "./signs.ts";
import { Stop, unavailable, unknown } from "./stop.ts";
import { setGate } from "./submit-gate.ts";
import { openWalk, type Walk } from "./walk.ts";

export type HouseOptions = {
  /**
   * Where each store account's browser profile is kept, this process's alone. Sign-ins lie in it while a browser runs
   * (they are taken away when it ends): a disk that is encrypted, or memory (P4).
   */
  readonly profilesFolder: string;
  /** Browsers at once. Each is some 300 MB. */
  readonly browsersMax: number;
  /** CHROMIUM_PATH, where it is set. */
  readonly chromiumPath?: string | undefined;
  /** Left out: a person's. */
  readonly pace?: Omit<PaceOptions, "seed"> | undefined;
  readonly stepMs?: number | undefined;
  readonly submitMs?: number | undefined;
  /** How long a browser may take to be put away once its visit is over. Left out: ten seconds. */
  readonly leaveMs?: number | undefined;
  /** Left out: true. */
  readonly keepsTraces?: boolean | undefined;
  /** Which addresses browsers may connect to; in production `isPublicAddress`. Left out: all. */
  readonly isAddressAllowed?: ((address: string) => boolean) | undefined;
};

export type VisitSpec = {
  readonly connector: BrowserConnector;
  readonly access: StoreAccess;
  readonly kind: string;
  readonly signal: AbortSignal;
  readonly evidenceFolder: string | null;
  /** What must not be seen in the evidence. */
  readonly words: readonly (string | null)[];
  /** Left out, nothing can be ordered in this visit. */
  readonly beforeSubmit?: () => Promise<boolean>;
};

export type BrowserHouse = {
  /**
   * One visit to a shop, in the browser of that store's account. Waits for a free browser until the signal aborts. A
   * visit that has not ended some seconds after its signal has a browser that hangs: it is killed, and its place free.
   *
   * @throws Stop for what the shop or the browser did (visits.ts makes it an outcome); anything else is a bug
   */
  visit<T>(spec: VisitSpec, work: (walk: Walk) => Promise<T>): Promise<T>;
  /** How many visits could begin at once: what a claimer of orders may claim. */
  free(): number;
  readonly isSandboxed: boolean;
  /** The process of a store's browser, while there is one. */
  processOf(storeId: string): number | undefined;
  /** The context of a store's browser, while there is one: for tests that clear or kill it. */
  contextOf(storeId: string): BrowserContext | undefined;
  /** Ends every browser. Visits that are under way end as if theirs had died. */
  close(): Promise<void>;
};

const stepMsDefault = 15_000;
const submitMsDefault = 45_000;
/** A trace is written out and looked through meanwhile, on a machine that may be busy. */
const leaveMsDefault = 10_000;
/** What a killed browser owed comes back as failed within milliseconds. */
const killedMsMax = 5_000;
/** Browsers grow with use; a new one starts in two seconds. */
const visitsMax = 50;

/** Opens the house. No browser is started before the first visit. */
export async function openBrowserHouse(options: HouseOptions): Promise<BrowserHouse> {
  const house = join(options.profilesFolder, ".house");
  const scratch = join(house, "scratch");
  // Nothing of an earlier process is alive, and traces that it did not get to scrub must not stay.
  rmSync(house, { recursive: true, force: true });
  // The browser's user starts the script, and sees nothing else in here.
  mkdirSync(house, { recursive: true, mode: 0o711 });
  mkdirSync(scratch, { mode: 0o700 });
  const chromium = await findChromium(options.chromiumPath);
  const launcher = writeLauncher(chromium, join(house, "chromium.sh"));
  const roomOptions: RoomOptions = {
    profilesFolder: options.profilesFolder,
    scratch,
    launcher,
    args: chromium.args,
    isAddressAllowed: options.isAddressAllowed,
  };
  const rooms = openRooms(roomOptions, options.browsersMax);
  return {
    async visit(spec, work) {
      const room = await rooms.take(spec.access.storeId, spec.signal);
      try {
        const visiting = visitRoom({ ...options, scratch }, room, spec, work);
        const ended = await orKilled(room, visiting, overdue(spec.signal, options.leaveMs ?? leaveMsDefault));
        if (!ended) throw unknown("the browser did not come back");
        return await visiting;
      } finally {
        // What the shop said stands, also where its browser cannot be put away: the next one clears up as it begins.
        await rooms.giveBack(room).catch(() => undefined);
      }
    },
    free: rooms.free,
    isSandboxed: launcher.isSandboxed,
    processOf: (storeId) => rooms.find(storeId)?.pid,
    contextOf: (storeId) => rooms.find(storeId)?.context,
    close: rooms.close,
  };
}

type Ground = HouseOptions & { readonly scratch: string };

async function visitRoom<T>(
  options: Ground,
  room: Room,
  spec: VisitSpec,
  work: (walk: Walk) => Promise<T>,
): Promise<T> {
  const { connector, access, signal } = spec;
  const { context, egress } = room;
  const words = privateWords(spec.words);
  const hosts = [new URL(access.baseUrl).host, ...connector.hosts];
  egress.allow(hosts);
  const page = await orLost(context.newPage());
  const leave = (): void => void page.close().catch(() => undefined);
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave, { once: true });
  let ended: unknown = { kind: "failed" };
  const gate = await orLost(setGate(context, { hosts, isSubmit: connector.isSubmit, egress }));
  await orLost(closeCovers(page, connector));
  const evidence = await openEvidence(context, page, {
    scratch: options.scratch,
    folder: spec.evidenceFolder,
    visit: { connector: connector.name, kind: spec.kind },
    words,
    personal: connector.personal(page),
    keepsText: (options.keepsTraces ?? true) && (spec.kind === "place" || !connector.showsOthers),
  });
  try {
    const walk = openWalk({
      page,
      gate,
      evidence,
      words,
      signal,
      network: watchNetwork(page, connector.isCall),
      pace: openPace({ ...(options.pace ?? personsPace), seed: room.nextSeed() }),
      signs: [...connector.signs, ...commonSigns],
      stepMs: options.stepMs ?? stepMsDefault,
      submitMs: options.submitMs ?? submitMsDefault,
      beforeSubmit: spec.beforeSubmit ?? (async () => false),
    });
    const outcome = await work(walk);
    ended = outcome;
    return outcome;
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    // What it says goes into tables and onto desks: a locator may be made of somebody's words.
    const stop = new Stop({ ...cause.ending, detail: words.blank(cause.ending.detail) }, cause);
    ended = stop.ending;
    throw stop;
  } finally {
    gate.shut();
    signal.removeEventListener("abort", leave);
    // What the shop said stands, whether or not the browser can be put away.
    await orKilled(room, putAway(context, evidence, ended), afterMs(options.leaveMs ?? leaveMsDefault));
    egress.allow([]);
  }
}

async function putAway(context: BrowserContext, evidence: Evidence, ended: unknown): Promise<void> {
  await evidence.close(typeof ended === "object" && ended !== null ? { ...ended } : {});
  await closePages(context);
  await context.unrouteAll({ behavior: "ignoreErrors" });
}

/** How long something is waited for: `over` resolves when it is too long, unless `forget` was called before. */
type Patience = { readonly over: Promise<void>; readonly forget: () => void };

/**
 * Waits for what a browser does. One that hangs does nothing, and answers nothing either: when patience is over it is
 * killed, and what waits for it fails at once. False where even then nothing came back.
 */
async function orKilled(room: Room, work: Promise<unknown>, { over, forget }: Patience): Promise<boolean> {
  const done = work.then(
    () => true,
    () => true,
  );
  const isDone = await Promise.race([done, over.then(() => false)]);
  forget();
  if (isDone) return true;
  room.kill();
  return await Promise.race([done, sleep(killedMsMax, false, { ref: false })]);
}

function afterMs(ms: number): Patience {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return { over, forget: () => clearTimeout(timer) };
}

/** So long after the signal. */
function overdue(signal: AbortSignal, ms: number): Patience {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => void (timer = setTimeout(resolve, ms));
  if (signal.aborted) begin();
  else signal.addEventListener("abort", begin, { once: true });
  return {
    over,
    forget: () => {
      signal.removeEventListener("abort", begin);
      clearTimeout(timer);
    },
  };
}

/** A browser that dies while it is made ready has ordered nothing. */
async function orLost<T>(making: Promise<T>): Promise<T> {
  return await making.catch((cause: unknown) => {
    throw new Stop(unavailable("browser_lost", "the browser is gone").ending, cause);
  });
}

/** All but the one that a browser starts with: shops open windows of their own. */
async function closePages(context: BrowserContext): Promise<void> {
  const [, ...opened] = context.pages();
  await Promise.all(opened.map(async (page) => await page.close().catch(() => undefined)));
}

/** What a person would close without thinking is closed whenever it covers what is to be clicked. */
async function closeCovers(page: Page, { covers }: BrowserConnector): Promise<void> {
  for (const { shown, close } of covers) {
    await page.addLocatorHandler(shown(page), async () => await close(page).first().click({ timeout: 2_000 }));
  }
}

type Rooms = {
  take(storeId: string, signal: AbortSignal): Promise<Room>;
  giveBack(room: Room): Promise<void>;
  find(storeId: string): Room | undefined;
  readonly free: () => number;
  readonly close: () => Promise<void>;
};

/** One room for each store account, so many at once; whoever finds none waits for one to be given back. */
function openRooms(options: RoomOptions, browsersMax: number): Rooms {
  const rooms = new Map<string, Room>();
  const busy = new Set<string>();
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const each of waiting.splice(0)) each();
  };
  const drop = async (storeId: string): Promise<void> => {
    const room = rooms.get(storeId);
    rooms.delete(storeId);
    await room?.close();
  };
  const idle = (): string[] => [...rooms.keys()].filter((storeId) => !busy.has(storeId));

  /** Its place is taken before anything is waited for. */
  const tryTake = async (storeId: string): Promise<Room | undefined> => {
    if (busy.has(storeId) || busy.size >= browsersMax) return undefined;
    busy.add(storeId);
    try {
      const found = rooms.get(storeId);
      if (found !== undefined && found.isAlive()) return found;
      if (found !== undefined) await drop(storeId);
      // Those that have been idle longest make room.
      for (const oldest of idle().slice(0, Math.max(0, idle().length + busy.size - browsersMax))) await drop(oldest);
      const room = await openRoom(options, storeId);
      rooms.set(storeId, room);
      return room;
    } catch (cause) {
      busy.delete(storeId);
      wake();
      throw new Stop(unavailable("browser_lost", "no browser could be started").ending, cause);
    }
  };
  return {
    async take(storeId, signal) {
      for (;;) {
        if (signal.aborted) throw unavailable("overloaded", "no browser came free in time");
        const room = await tryTake(storeId);
        if (room !== undefined) return room;
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
      }
    },
    async giveBack(room) {
      try {
        if (!room.isAlive() || room.visits() >= visitsMax) await drop(room.storeId);
        else {
          // Youngest last.
          rooms.delete(room.storeId);
          rooms.set(room.storeId, room);
        }
      } finally {
        busy.delete(room.storeId);
        wake();
      }
    },
    find: (storeId) => rooms.get(storeId),
    free: () => Math.max(0, browsersMax - busy.size),
    async close() {
      await Promise.all([...rooms.keys()].map(drop));
    },
  };
}
