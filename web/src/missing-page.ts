/** What of a request it takes to know. */
export type Asked = { readonly method: string; readonly url: string; readonly headers: Headers };

/** Pages about one thing each, and where the API has it. */
const shelves: Readonly<Record<string, string>> = { products: "products", stores: "stores" };

/**
 * The API answers from its memory in a few milliseconds. One that does not is asked again by the page, which says
 * so.
 */
const patienceMs = 500;

/**
 * Whether a page's address is of a thing that there is not. A page is sent before all of it is known, its status first:
 * so who opens an address is asked for here, where nothing has been sent. Steps within the shop are not, they carry no
 * status that anybody sees and would wait for it.
 */
export async function isMissing({ method, url, headers }: Asked, apiUrl: string): Promise<boolean> {
  if ((method !== "GET" && method !== "HEAD") || headers.has("rsc")) return false;
  const [, shelf = "", id = ""] = /^\/([a-z]+)\/([^/]+)\/?$/.exec(new URL(url).pathname) ?? [];
  const path = Object.hasOwn(shelves, shelf) ? shelves[shelf] : undefined;
  if (path === undefined) return false;
  try {
    const forwarded = headers.get("x-forwarded-for");
    const answer = await fetch(`${apiUrl}/api/v1/catalog/${path}/${id}`, {
      method: "HEAD",
      headers: forwarded === null ? {} : { "x-forwarded-for": forwarded },
      signal: AbortSignal.timeout(patienceMs),
      cache: "no-store",
    });
    // 400: an id that no id looks like.
    return answer.status === 404 || answer.status === 400;
  } catch {
    return false;
  }
}
