import { apiClient } from "./client.ts";

/**
 * The API as the browser calls it: its own origin, its cookie, the page's language.
 *
 *     await call(api.POST("/api/v1/cart/items", { body: { productId, variantId, quantity: 1 } }));
 */
export const api = apiClient({
  baseUrl: "",
  credentials: "same-origin",
  headers: () => ({ "accept-language": document.documentElement.lang }),
});
