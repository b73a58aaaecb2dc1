import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext } from "playwright-core";

import type { Launcher } from "./chromium.ts";
import { openEgress, type Egress } from "./http-egress.ts";

export type RoomOptions = {
  readonly profilesFolder: string;
  readonly scratch: string;
  readonly launcher: Launcher;
  readonly args: readonly string[];
  readonly isAddressAllowed: ((address: string) => boolean) | undefined;
};

/** One store account's browser, with a profile that stays the same from one order to the next. */
export type Room = {
  readonly storeId: string;
  readonly context: BrowserContext;
  readonly egress: Egress;
  readonly pid: number | undefined;
  isAlive(): boolean;
  visits(): number;
  /** Counts a visit, and gives it a seed of its own. */
  nextSeed(): number;
  /** Ends the browser at once, whatever it is at: what waits for it fails. `close` then puts away what is left. */
  kill(): void;
  close(): Promise<void>;
};

/** The same window on every visit; which one depends on the account, as people's do. */
const windows = [
  { width: 1366, height: 768 },
  { width: 1440, height: 900 },
  { width: 1536, height: 864 },
] as const;

const launchMsMax = 30_000;
const closeMsMax = 5_000;

/** @throws what Playwright throws when no browser can be started */
export async function openRoom(options: RoomOptions, storeId: string): Promise<Room> {
  const key = createHash("sha256").update(storeId).digest();
  const folder = join(options.profilesFolder, key.toString("hex").slice(0, 24));
  // Where the browser's own user cannot write: what stands in it is ended one day.
  const pidFile = join(options.scratch, `${key.toString("hex").slice(0, 24)}.pid`);
  prepareProfile(folder, options.launcher);
  // A third of a program's memory, and only a worker that opens a browser has use for it.
  const { chromium } = await import("playwright-core");
  const egress = await openEgress({ isAddressAllowed: options.isAddressAllowed });
  let context: BrowserContext;
  try {
    context = await chromium.launchPersistentContext(join(folder, "profile"), {
      executablePath: options.launcher.path,
      chromiumSandbox: options.launcher.isSandboxed,
      args: [...options.args],
      // Nothing of this process's environment is the browser's business.
      env: {
        HOME: join(folder, "profile"),
        PATH: "/usr/local/bin:/usr/bin:/bin",
        LANG: "en_US.UTF-8",
        MUSE_PID_FILE: pidFile,
      },
      tracesDir: options.scratch,
      timeout: launchMsMax,
      locale: "en-US",
      timezoneId: "America/New_York",
      viewport: windows[(key[0] ?? 0) % windows.length] ?? windows[0],
      proxy: { server: egress.url },
      acceptDownloads: false,
      serviceWorkers: "block",
      permissions: [],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (cause) {
    await egress.close();
    throw cause;
  }
  let isAlive = true;
  let visits = 0;
  context.on("close", () => (isAlive = false));
  const pid = readPid(pidFile);
  return {
    storeId,
    context,
    egress,
    pid,
    isAlive: () => isAlive,
    visits: () => visits,
    nextSeed() {
      visits += 1;
      return key.readUInt32LE(0) + visits;
    },
    kill() {
      isAlive = false;
      if (pid !== undefined) killGroup(pid);
    },
    async close() {
      // Sign-ins live no longer than the browser.
      const closing = context.clearCookies().then(async () => await context.close());
      await Promise.race([closing.catch(() => undefined), sleep(closeMsMax, undefined, { ref: false })]);
      if (isAlive && pid !== undefined) killGroup(pid);
      await egress.close();
      forgetSignIns(folder);
    },
  };
}

/** The house is the only one who uses its profiles: locks and cookies that a killed process left are nobody's. */
function prepareProfile(folder: string, { owner }: Launcher): void {
  mkdirSync(join(folder, "profile"), { recursive: true, mode: 0o700 });
  forgetSignIns(folder);
  for (const name of readdirSync(join(folder, "profile"))) {
    if (name.startsWith("Singleton")) rmSync(join(folder, "profile", name), { force: true });
  }
  if (owner === null) return;
  // Root goes through all of it; the browser's user only to its own.
  chmodSync(join(folder, ".."), 0o711);
  chmodSync(folder, 0o711);
  chownSync(join(folder, "profile"), owner.uid, owner.gid);
}

function forgetSignIns(folder: string): void {
  const stores = ["Cookies", "Cookies-journal", "Network", "Session Storage", "Sessions"];
  // A browser that was killed a moment ago may still write as it goes.
  const options = { recursive: true, force: true, maxRetries: 5, retryDelay: 50 } as const;
  for (const name of stores) rmSync(join(folder, "profile", "Default", name), options);
}

function readPid(file: string): number | undefined {
  const pid = Number(readFileSync(file, "utf8"));
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/** Playwright starts each browser as the head of a group of its own. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
