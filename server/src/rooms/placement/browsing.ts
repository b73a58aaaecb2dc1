import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { BrowserConnector } from "@muse/connectors/browser/browser-port";
import { openBrowserHouse, type BrowserHouse, type HouseOptions } from "@muse/connectors/browser/house";

/** The browsers of one worker, and where they leave what they saw. */
export type Browsing = {
  /** Every web shop's recipe by the name that a tier gives. */
  readonly shops: Readonly<Record<string, BrowserConnector>>;
  readonly evidenceFolder: string;
  readonly browsersMax: number;
  /** Opened by the first who needs it: where no store is ordered from by browser, none is ever looked for. */
  readonly house: () => Promise<BrowserHouse>;
  /** How many visits could begin at once. */
  readonly free: () => number;
  /** Ends a visit after so long, or when the worker has to end. */
  readonly within: (ms: number) => AbortSignal;
  /** Visits under way have so long to end by themselves; then they are ended. */
  readonly endWithin: (ms: number) => void;
  /** Ends every browser. Call it when nothing visits any more. */
  readonly close: () => Promise<void>;
};

export type BrowsingOptions = Omit<HouseOptions, "profilesFolder"> & {
  readonly shops: Readonly<Record<string, BrowserConnector>>;
  readonly evidenceFolder: string;
  /** Each process has a folder of its own in it, which is deleted with it, or by the next one of this machine. */
  readonly profilesFolder: string;
};

/** Nothing is started and nothing is looked for before somebody visits a shop. */
export function openBrowsing({ shops, evidenceFolder, profilesFolder, ...options }: BrowsingOptions): Browsing {
  const ending = new AbortController();
  const own = join(profilesFolder, `${hostname()}-${process.pid}`);
  let opening: Promise<BrowserHouse> | null = null;
  let opened: BrowserHouse | null = null;
  let timer: NodeJS.Timeout | undefined;
  const open = async (): Promise<BrowserHouse> => {
    removeProfilesOfTheDead(profilesFolder);
    // The browser's own user has to get through to its profile, and sees nothing beside it.
    mkdirSync(own, { recursive: true, mode: 0o711 });
    opened = await openBrowserHouse({ ...options, profilesFolder: own });
    return opened;
  };
  return {
    shops,
    evidenceFolder,
    browsersMax: options.browsersMax,
    house: async () => {
      opening ??= open().catch((error: unknown) => {
        // A Chromium that is not there today may be installed tomorrow.
        opening = null;
        throw error;
      });
      return await opening;
    },
    free: () => opened?.free() ?? options.browsersMax,
    within: (ms) => AbortSignal.any([AbortSignal.timeout(Math.max(0, Math.floor(ms))), ending.signal]),
    endWithin: (ms) => {
      timer ??= setTimeout(() => ending.abort(), ms);
    },
    close: async () => {
      clearTimeout(timer);
      ending.abort();
      await opened?.close();
      rmSync(own, { recursive: true, force: true });
    },
  };
}

/** What processes of this machine left that were killed: profiles are nobody's then. */
function removeProfilesOfTheDead(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(`${hostname()}-`) ? Number(name.slice(hostname().length + 1)) : Number.NaN;
    if (Number.isInteger(pid) && pid !== process.pid && !isAlive(pid))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
