import createClient from "openapi-fetch";
import type { paths } from "./schema.gen.ts";

/**
 * The API as the browser calls it: its own origin, its cookie, the page's language.
 *
 *     await call(api.POST("/api/v1/cart/items", { body: { productId, variantId, quantity: 1 } }));
 */
export const api = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "http://localhost" : window.location.origin,
  credentials: "same-origin",
});

api.use({
  onRequest: ({ request }) => {
    request.headers.set("accept-language", document.documentElement.lang);
    return request;
  },
});
