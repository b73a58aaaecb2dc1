import { accessSync, constants, existsSync, writeFileSync } from "node:fs";

import { unpackChromium } from "./npm-chromium.ts";

/** Where a browser lies on most machines that have one. */
const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const setpriv = "/usr/bin/setpriv";

export type Chromium = {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Whether Chromium's own sandbox holds its renderers. The one that npm brought is built without. */
  readonly isSandboxed: boolean;
};

/**
 * A real Chromium: the one that is named (CHROMIUM_PATH, as a program's config has read it), else one that is
 * installed, else the one that npm brought. Everything that would call its maker is off.
 *
 * @throws Error when a path is named at which there is nothing
 */
export async function findChromium(named: string | undefined): Promise<Chromium> {
  if (named !== undefined && named !== "" && !existsSync(named))
    throw new Error(`CHROMIUM_PATH: ${named} is not there`);
  const found = [named, ...installed].find((path) => path !== undefined && path !== "" && existsSync(path));
  if (found !== undefined) return { executablePath: found, args: quiet, isSandboxed: true };
  // The package's own switches are for a function service: one process for all, and no guard between origins.
  return { executablePath: await unpackChromium(), args: [...quiet, "--disable-gpu"], isSandboxed: false };
}

const quiet: readonly string[] = [
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-pings",
  // Nothing but the proxy is ever resolved or spoken to; a page's own real-time connections would go around it.
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/** Who the browser runs as, when the caller is root: nobody. */
const nobody = { uid: 65_534, gid: 65_534 } as const;

export type Launcher = {
  readonly path: string;
  /** The user who must own the profile, or null for the caller. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  readonly isSandboxed: boolean;
};

/**
 * Writes the script that Playwright starts instead of Chromium itself: it leaves the process's id (which stays the
 * browser's) in `$MUSE_PID_FILE`, and gives up root's rights, which Chromium's sandbox would refuse to work with.
 */
export function writeLauncher(chromium: Chromium, scriptPath: string): Launcher {
  const isRoot = process.getuid?.() === 0;
  const canDrop = isRoot && isExecutable(setpriv);
  const drop = canDrop
    ? `${setpriv} --reuid=${nobody.uid} --regid=${nobody.gid} --clear-groups --no-new-privs --inh-caps=-all `
    : "";
  const script = `#!/bin/sh\necho $$ > "$MUSE_PID_FILE"\nexec ${drop}"${chromium.executablePath}" "$@"\n`;
  writeFileSync(scriptPath, script, { mode: 0o755 });
  const isSandboxed = chromium.isSandboxed && (!isRoot || canDrop);
  return { path: scriptPath, owner: canDrop ? nobody : null, isSandboxed };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
