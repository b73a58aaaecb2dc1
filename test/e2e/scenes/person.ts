import { request, type APIRequestContext } from "playwright-core";

/** One person's cookies, and calls made with them: what a browser would have done before it is looked at. */
export type Person = {
  readonly email: string;
  readonly call: <Data>(request: string, body?: unknown) => Promise<Data>;
  /** A page or a file, wherever the way to it leads. */
  readonly get: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly cookies: () => Promise<Cookies>;
  readonly close: () => Promise<void>;
};

type Cookies = Awaited<ReturnType<APIRequestContext["storageState"]>>["cookies"];

/** The shop's server passes the call on; the API waits for a payment and for stores. */
const answerMsMax = 30_000;

let count = 0;

/** Somebody nobody has seen before, who comes to the API by way of the shop. */
export async function newPerson(webUrl: string): Promise<Person> {
  const context = await request.newContext({ baseURL: webUrl, timeout: answerMsMax });
  count += 1;
  return {
    // As wide as addresses come: nothing may be pushed over a page's edge by one.
    email: `wilhelmina.mommsen-wommelsdorf.${Date.now().toString(36)}${count}@example.com`,
    call: async <Data>(what: string, body?: unknown) => {
      const [method = "GET", path = "/"] = what.split(" ");
      const response = await context.fetch(path, { method, ...(body === undefined ? {} : { data: body }) });
      const text = await response.text();
      if (!response.ok()) throw new Error(`${what} was answered with ${response.status()}: ${text}`);
      return (JSON.parse(text) as { data: Data }).data;
    },
    get: async (path) => {
      const response = await context.get(path);
      return { status: response.status(), text: await response.text() };
    },
    cookies: async () => (await context.storageState()).cookies,
    close: async () => await context.dispose(),
  };
}
