import { join } from "node:path";

import type { SandboxOptions } from "./start-sandbox.ts";

const usualPort = 4100;
const usualSmtpPort = 4125;

/** Reads the sandbox's settings from the environment; a string says which one is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): SandboxOptions | string {
  const port = readPort(env["SANDBOX_PORT"], usualPort);
  if (port === undefined) return "SANDBOX_PORT is a port number";
  // A sandbox beside the usual one (in a test, say) takes any free port rather than fight for the usual one.
  const smtpPort = readPort(env["SANDBOX_SMTP_PORT"], port === usualPort ? usualSmtpPort : 0);
  if (smtpPort === undefined) return "SANDBOX_SMTP_PORT is a port number";
  const latencyMs = wholeNumber(env["SANDBOX_LATENCY_MS"] ?? "0");
  if (latencyMs === undefined) return "SANDBOX_LATENCY_MS is a whole number of milliseconds";
  const appUrl = env["SANDBOX_APP_URL"] ?? "http://127.0.0.1:4000";
  if (!URL.canParse(appUrl)) return "SANDBOX_APP_URL is a URL";
  return { port, smtpPort, latencyMs, appUrl, dataFile: join(env["MUSE_DATA"] ?? ".muse", "sandbox", "state.sqlite") };
}

function readPort(text: string | undefined, otherwise: number): number | undefined {
  const port = text === undefined ? otherwise : wholeNumber(text);
  return port === undefined || port > 65_535 ? undefined : port;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
