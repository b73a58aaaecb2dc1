import assert from "node:assert/strict";
import type { Pool } from "#platform/db/pool.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openDeskWatch } from "../desk-watch.ts";
import { opsRoutes } from "../routes.ts";

export type Sent = { readonly payload?: object; readonly by?: string; readonly key?: string };
// oxlint-disable-next-line typescript/no-explicit-any -- answers are looked into by tests alone
export type Told = { readonly status: number; readonly body: any };

/** The ops room's routes alone, called as an operator. */
export function openDeskCaller(pool: Pool) {
  const { http } = testServer(pool);
  const watch = openDeskWatch();
  opsRoutes(http, { masterKey: { id: "0123456789abcdef", key: Buffer.alloc(32, 7) }, desk: watch });
  const call = async (method: "GET" | "POST" | "PUT", path: string, { payload, by, key }: Sent = {}): Promise<Told> => {
    const response = await http.fastify.inject({
      method,
      url: `/api/v1/admin${path}`,
      headers: { ...as("ops", by ?? "acc_ops"), ...(key === undefined ? {} : { "idempotency-key": key }) },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: response.statusCode, body: response.json() };
  };
  const get = async (path: string) => {
    const { status, body } = await call("GET", path);
    assert.equal(status, 200, JSON.stringify(body));
    return body.data;
  };
  const trail = async (subject: string): Promise<string[]> =>
    (await get(`/audit?subject=${subject}`)).entries.map(({ action }: { action: string }) => action);
  return { http, watch, call, get, trail };
}

/** Status and code of an answer that refuses. */
export function code({ status, body }: Told): [number, string | undefined] {
  return [status, body.error?.code];
}
