import { chromium, type Browser } from "playwright-core";
import { findChromium } from "@muse/connectors/browser/chromium";

/** Starts a real Chromium, the same that orders in the stores' shops. It speaks to loopback alone. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, isSandboxed } = await findChromium(process.env["CHROMIUM_PATH"]);
  const quiet = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  // Root has no sandbox of Chromium's to give; whoever runs the tests as somebody else keeps it.
  const chromiumSandbox = isSandboxed && process.getuid?.() !== 0;
  return await chromium.launch({ executablePath, chromiumSandbox, args: quiet });
}
