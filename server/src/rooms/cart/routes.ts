import type { HttpServer } from "#platform/http/server-type.ts";
import { addRoutes } from "./add-routes.ts";
import { changeRoutes } from "./change-routes.ts";
import type { Pages } from "./learn-page.ts";
import { readRoutes } from "./read-routes.ts";

/**
 * The cart of whoever asks. Reads show an empty one to a visitor; the first item makes them an account.
 *
 * @param pages how products are read off their pages; null where nothing outside is read
 */
export function cartRoutes(http: HttpServer, pages: Pages = null): void {
  addRoutes(http, pages);
  changeRoutes(http);
  readRoutes(http);
}
