import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { nodeHttp } from "./http.ts";
import type { StoreAccess } from "./port.ts";
import { listAt, objectAt, parseObject, type Json } from "./untrusted.ts";

export type StoreOrder = { readonly orderNumber: string; readonly totalCents: number };
export type FaultRule = {
  readonly part: string;
  readonly endpoint: string;
  readonly kind: string;
  readonly times?: number;
  readonly value?: number | string;
};

/** The outside world as a program of its own, spoken to over HTTP alone, as Muse itself does. */
export type Simulator = {
  storeSheet(slug: string): Promise<StoreAccess>;
  setFaults(rules: readonly FaultRule[]): Promise<void>;
  ordersAtStore(slug: string, reference: string, kind: "order" | "order_cancelled"): Promise<readonly StoreOrder[]>;
  /** All that the store has accepted, or taken back, under whatever reference. */
  allOrdersAtStore(slug: string, kind: "order" | "order_cancelled"): Promise<readonly StoreOrder[]>;
  advance(slug: string, storeOrderNumber: string): Promise<void>;
  close(): void;
};

type RetailSettings = { readonly autoAdvance: boolean; readonly stepMs: number };
const program = fileURLToPath(new URL("../../sandbox/src/main.ts", import.meta.url));
const startMsMax = 20_000;

/** Starts the sandbox on a free port with a state of its own, which ends with it. */
export async function openSimulator(settings: RetailSettings): Promise<Simulator> {
  const dataFolder = mkdtempSync(join(tmpdir(), "muse-conformance-"));
  const child = spawn(process.execPath, [program], {
    env: { SANDBOX_PORT: "0", MUSE_DATA: dataFolder, SANDBOX_APP_URL: "http://127.0.0.1:9" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const close = (): void => {
    child.kill("SIGKILL");
    rmSync(dataFolder, { recursive: true, force: true });
  };
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`the sandbox did not start: ${said}`)), startMsMax);
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}: ${said}`)));
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  await ask(url, "PUT", "/retailers/settings", settings);
  return { ...simulatorAt(url), close };
}

function simulatorAt(url: string): Omit<Simulator, "close"> {
  return {
    async storeSheet(slug) {
      const { stores } = await ask(url, "GET", "/directory");
      const sheet = listAt({ stores }, "stores").find((store) => store["slug"] === slug) ?? {};
      const credentials = objectAt(sheet, "credentials") as Readonly<Record<string, string>>;
      return { storeId: slug, baseUrl: String(sheet["baseUrl"]), credentials };
    },
    async setFaults(rules) {
      await ask(url, "PUT", "/faults", { seed: 1, rules });
    },
    async ordersAtStore(slug, reference, kind) {
      return (await recordsOf(url, slug, kind)).filter((data) => data["clientKey"] === reference).map(orderOf);
    },
    async allOrdersAtStore(slug, kind) {
      return (await recordsOf(url, slug, kind)).map(orderOf);
    },
    async advance(slug, number) {
      await ask(url, "POST", `/retailers/${slug}/orders/${number}/advance`);
    },
  };
}

async function recordsOf(url: string, slug: string, kind: string): Promise<readonly Json[]> {
  const { records } = await ask(url, "GET", `/records?part=${slug}&kind=${kind}&limit=100000`);
  return (records as readonly { readonly data: Json }[]).map((record) => record.data);
}

function orderOf(data: Json): StoreOrder {
  return { orderNumber: String(data["orderNumber"]), totalCents: Number(data["totalCents"]) };
}

async function ask(url: string, method: string, path: string, body?: unknown): Promise<Json> {
  const response = await nodeHttp({
    method,
    url: `${url}${path}`,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    timeoutMs: 10_000,
  });
  if (response.status >= 300) throw new Error(`${method} ${path}: HTTP ${response.status} ${response.body}`);
  return parseObject(response.body) ?? {};
}
