/** The real API as `main.ts` composes it, the sandbox beside it, every line of its log kept: to be attacked. */
import { nodeHttp } from "@muse/connectors/http";
import { setTimeout as delay } from "node:timers/promises";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { buildApp, type App, type AppDeps } from "../../server/src/app.ts";
import { must } from "../../server/src/kernel/assert.ts";
import { readConfig, type Config, type Environment } from "../../server/src/platform/config/config.ts";
import { openBell } from "../../server/src/platform/db/bell.ts";
import { openListener } from "../../server/src/platform/db/listen.ts";
import type { Pool } from "../../server/src/platform/db/pool.ts";
import { openLog } from "../../server/src/platform/log/log.ts";
import { serveHealth } from "../../server/src/platform/metrics/health.ts";
import { openRegistry } from "../../server/src/platform/metrics/registry.ts";
import { readiness } from "../../server/src/readiness.ts";
import { openSessionWatch } from "../../server/src/rooms/checkout/index.ts";
import { outboundHttp } from "../../server/src/platform/outbound/http.ts";
import { openStripe, openToss } from "../../server/src/rooms/payment/index.ts";
import { openMasterKey, type MasterKey } from "../../server/src/rooms/store/index.ts";
import { openTestDb } from "../../server/test/db.ts";
import { holdToDocument } from "./held-to-document.ts";
import { openTestSandbox, type TestSandbox } from "../../server/test/sandbox.ts";

export type Headers = Readonly<Record<string, string>>;
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Call = {
  readonly method: Method;
  readonly url: string;
  readonly headers?: Headers;
  /** An object is sent as JSON; text and bytes as they are, with the content type in `headers`. */
  readonly body?: object | string | Buffer;
};

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
  /** Null where the body is no JSON. */
  readonly json: Envelope | null;
};

// oxlint-disable-next-line typescript/no-explicit-any -- whatever was answered, to be looked into by assertions
export type Envelope = { success: boolean; data: any; error: any };

export type Attacked = {
  readonly app: App;
  readonly config: Config;
  readonly pool: Pool;
  readonly sandbox: TestSandbox;
  readonly masterKey: MasterKey;
  readonly log: string[];
  /** @throws Error where the answer is none that the OpenAPI document names */
  readonly send: (call: Call) => Promise<Reply>;
};

/** Call once, at the top of a test file. @param environment what the programs would be told, on top of a test's own */
export async function openAttacked(
  environment: Environment = {},
  { readWebPage }: Pick<AppDeps, "readWebPage"> = {},
): Promise<Attacked> {
  const { pool, url, beforeClose } = await openTestDb();
  const sandbox = await openTestSandbox();
  const dataDir = mkdtempSync(join(tmpdir(), "muse-attack-"));
  after(() => rmSync(dataDir, { recursive: true, force: true }));
  const sandboxPort = new URL(sandbox.url).port;
  const config = readConfig({ MUSE_DATA: dataDir, SANDBOX_PORT: sandboxPort, DATABASE_URL: url, ...environment });
  const log: string[] = [];
  const listener = await openListener({
    connectionString: url,
    applicationName: "attack ears",
    onReconnect: () => undefined,
  });
  beforeClose(() => listener.close());
  const lines = openLog({ level: "debug", program: "test", destination: { write: (line) => void log.push(line) } });
  const registry = openRegistry("api");
  const masterKey = openMasterKey(config);
  const app = buildApp({
    ...(readWebPage === undefined ? {} : { readWebPage }),
    config,
    pool,
    log: lines,
    registry,
    stripe: openStripe(config.providers.stripe),
    toss: openToss({ ...config.providers.toss, http: outboundHttp(nodeHttp, "toss") }),
    masterKey,
    watch: await openSessionWatch(listener),
    bell: openBell(pool, lines),
  });
  await app.account.follow(listener);
  serveHealth(app.fastify, registry, readiness(pool));
  beforeClose(() => app.fastify.close());
  const beyond = holdToDocument((await app.fastify.inject({ method: "GET", url: "/api/openapi.json" })).json());
  const send = async (call: Call): Promise<Reply> => {
    const reply = await sent(app, call);
    const finding = beyond(call, reply);
    if (finding !== null) throw new Error(`${finding}: ${reply.text.slice(0, 300)}`);
    return reply;
  };
  return { app, config, pool, sandbox, masterKey, log, send };
}

/** A machine that is busy with other tests is no finding: who is told to come again does. */
const triesMax = 40;

async function sent(app: App, call: Call): Promise<Reply> {
  for (let tries = 1; ; tries += 1) {
    const reply = await sentOnce(app, call);
    if (reply.json?.error?.code !== "overloaded" || tries === triesMax) return reply;
    await delay(100);
  }
}

async function sentOnce({ fastify }: App, { method, url, headers = {}, body }: Call): Promise<Reply> {
  const answer = await fastify.inject({
    method,
    url,
    headers: { ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, json: parsed(answer.body) };
}

function parsed(text: string): Envelope | null {
  try {
    return JSON.parse(text) as Envelope | null;
  } catch {
    return null;
  }
}

export function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}` };
}

/** The cookie that an answer set, as a browser would send it back. */
export function cookieOf({ headers }: Reply): Headers {
  const [first = ""] = [headers["set-cookie"] ?? []].flat();
  return { cookie: String(first).split(";")[0] ?? "" };
}

/** Every table in which something of somebody may stand. */
export async function tablesOf(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'migrate')
     order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** A digest of every row, in any table, that names one of these ids: it moves when anything of their owner does. */
export async function stateOf(pool: Pool, tables: readonly string[], ids: readonly string[]): Promise<string> {
  const pattern = ids.join("|");
  const parts = tables.map(
    (name) =>
      `select '${name}' as place, count(*) as rows, coalesce(md5(string_agg(t::text, '' order by t::text)), '') as digest
       from ${name} t where t::text ~ $1`,
  );
  const { rows } = await pool.query<{ place: string; rows: bigint; digest: string }>(parts.join(" union all "), [
    pattern,
  ]);
  const text = rows.map(({ place, rows: count, digest }) => `${place} ${count} ${digest}`).sort();
  return createHash("sha256").update(text.join("\n")).digest("hex");
}

/** One operation of the OpenAPI document. */
export type Operation = {
  readonly method: Method;
  readonly path: string;
  /** `GET /api/v1/orders/{orderNumber}` */
  readonly name: string;
  readonly auth: string;
  readonly query: readonly string[];
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON Schema
  readonly body: any;
};

/** What the API says it answers, from the document that everybody reads. */
export async function operationsOf({ send }: Attacked): Promise<readonly Operation[]> {
  const { json } = await send({ method: "GET", url: "/api/openapi.json" });
  const { paths } = must(json, "the document is JSON") as unknown as {
    paths: Record<string, Record<string, Documented>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      return {
        method: method.toUpperCase() as Method,
        path,
        name,
        auth: must(operation["x-auth"], `${name}: says who may call it`),
        query: (operation.parameters ?? []).filter((one) => one.in === "query").map((one) => one.name),
        body: operation.requestBody?.content["application/json"]?.schema,
      };
    }),
  );
}

type Documented = {
  readonly "x-auth"?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
};
