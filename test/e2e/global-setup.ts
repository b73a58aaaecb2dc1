/**
 * Runs once before all browser tests: one Muse for all of them. MUSE_E2E may name one that runs already (the addresses
 * as JSON), for turns while a page is being written.
 */
import { startSystem, type System } from "./system.ts";

let stop: (() => Promise<void>) | undefined;

export async function globalSetup(): Promise<void> {
  if (process.env["MUSE_E2E"] !== undefined) return;
  const started = await startSystem();
  stop = started.stop;
  process.env["MUSE_E2E"] = JSON.stringify(started.system);
}

export async function globalTeardown(): Promise<void> {
  await stop?.();
}

/** The Muse that this run's tests share. */
export function sharedSystem(): System {
  const text = process.env["MUSE_E2E"];
  if (text === undefined) throw new Error("run it by npm test: the browser tests share one Muse, which it starts");
  return JSON.parse(text) as System;
}
