/** What came back after every redirect was followed. */
export type Shown = { readonly status: number; readonly url: string; readonly text: string; readonly headers: Headers };

/** Somebody who visits a shop with one jar of cookies, without a browser. Paths are from the shop's own beginning. */
export type Visitor = {
  get(path: string): Promise<Shown>;
  /** Sends a form; what the last page had in hidden fields goes with it, unless the form says otherwise. */
  post(path: string, form: Readonly<Record<string, string>>): Promise<Shown>;
  /** Calls the shop's own JSON API as its page does. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; data: Json; headers: Headers }>;
};

export type Json = Readonly<Record<string, unknown>>;

const redirectsMax = 8;

export function visit(shopUrl: string): Visitor {
  const cookies = new Map<string, string>();
  let hidden: Readonly<Record<string, string>> = {};

  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(init.headers as Record<string, string> | undefined), cookie };
    const response = await fetch(url, { ...init, headers, redirect: "manual", signal: AbortSignal.timeout(10_000) });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  };
  const follow = async (first: string, init: RequestInit): Promise<Shown> => {
    let url = first;
    let response = await send(url, init);
    for (let times = 0; times < redirectsMax; times += 1) {
      const to = response.headers.get("location");
      if (to === null) break;
      url = new URL(to, url).href;
      response = await send(url, {});
    }
    const text = await response.text();
    hidden = hiddenFields(text);
    return { status: response.status, url, text, headers: response.headers };
  };
  return {
    get: (path) => follow(shopUrl + path, {}),
    post: (path, form) =>
      follow(shopUrl + path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ ...hidden, ...form }).toString(),
      }),
    async call(method, path, body) {
      const response = await send(`${shopUrl}/api${path}`, {
        method,
        headers: { "x-kite": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, data: (await response.json()) as Json, headers: response.headers };
    },
  };
}

export const jane = {
  name: "Jane Doe",
  first_name: "Jane",
  last_name: "Doe",
  address1: "501 Market St",
  city: "San Francisco",
  state: "CA",
  zip: "94105",
  email: "jane@example.com",
} as const;

function hiddenFields(page: string): Readonly<Record<string, string>> {
  const fields = page.matchAll(/<input\s+type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = "", value = ""]) => [name, value]));
}
