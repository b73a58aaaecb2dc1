import type { HttpServer } from "#platform/http/server-type.ts";
import { addRoutes } from "./add-routes.ts";
import { changeRoutes } from "./change-routes.ts";
import { readRoutes } from "./read-routes.ts";

/** The cart of whoever asks. Reads show an empty one to a visitor; the first item makes them an account. */
export function cartRoutes(http: HttpServer): void {
  addRoutes(http);
  changeRoutes(http);
  readRoutes(http);
}
