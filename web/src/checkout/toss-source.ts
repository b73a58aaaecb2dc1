import "server-only";
import { webConfig } from "#web/config.ts";
import type { TossSource } from "./toss-script.ts";

/** What the browser needs to load the widget for won: an address and the key that may be public. */
export function tossSource(): TossSource {
  const { tossJsUrl, tossClientKey } = webConfig();
  return { scriptUrl: tossJsUrl, clientKey: tossClientKey };
}
