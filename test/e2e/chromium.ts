import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";
import { chromium, type Browser } from "playwright-core";

/** Where a browser lies on most machines that have one. */
const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * Starts a real Chromium: the one that CHROMIUM_PATH names, else one that is installed, else the one that npm brought.
 * It speaks to loopback alone: everything that would call its maker is off.
 */
export async function launchChromium(): Promise<Browser> {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "" && !existsSync(named))
    throw new Error(`CHROMIUM_PATH: ${named} is not there`);
  const found = [named, ...installed].find((path) => path !== undefined && path !== "" && existsSync(path));
  const quiet = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  // Root has no sandbox of Chromium's to give; whoever runs the tests as somebody else keeps it.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  if (found !== undefined) return await chromium.launch({ executablePath: found, args: [...quiet, ...sandbox] });
  return await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [...sparticuz.args, ...quiet],
  });
}
