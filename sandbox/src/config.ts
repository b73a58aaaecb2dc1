import { join } from "node:path";

import type { SandboxOptions } from "./start-sandbox.ts";

/** Reads the sandbox's settings from the environment; a string says which one is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): SandboxOptions | string {
  const port = wholeNumber(env["SANDBOX_PORT"] ?? "4100");
  if (port === undefined || port > 65_535) return "SANDBOX_PORT is a port number";
  const latencyMs = wholeNumber(env["SANDBOX_LATENCY_MS"] ?? "0");
  if (latencyMs === undefined) return "SANDBOX_LATENCY_MS is a whole number of milliseconds";
  const appUrl = env["SANDBOX_APP_URL"] ?? "http://127.0.0.1:4000";
  if (!URL.canParse(appUrl)) return "SANDBOX_APP_URL is a URL";
  return { port, latencyMs, appUrl, dataFile: join(env["MUSE_DATA"] ?? ".muse", "sandbox", "state.sqlite") };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
