import { apiClient } from "./client.ts";

/** `place` answers within some 15 s, and whatever asks a provider not much later. Nobody waits longer than this. */
export const answerMsMax = 35_000;

/** Two megabytes at the pace of a bad phone line; it is sent again from its beginning. */
const pieceMsMax = 60_000;

/** A gigabyte is put together, and a scanner may take 55 s for it. */
const finishMsMax = 90_000;

/**
 * The API as the browser calls it: its own origin, its cookie, the page's language.
 *
 *     await call(api.POST("/api/v1/cart/items", { body: { productId, variantId, quantity: 1 } }));
 */
export const api = apiClient({
  baseUrl: "",
  credentials: "same-origin",
  headers: () => ({ "accept-language": document.documentElement.lang }),
  patienceMs: ({ path, isBytes }) => (isBytes ? pieceMsMax : path.endsWith("/finish") ? finishMsMax : answerMsMax),
});
