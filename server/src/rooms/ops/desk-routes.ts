import { openEventStream } from "#platform/http/event-stream.ts";
import { fileRoute } from "#platform/http/file-route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import type { DeskWatch } from "./desk-watch.ts";
import { streamDesk } from "./stream-desk.ts";

export function deskRoutes(http: HttpServer, watch: DeskWatch): void {
  fileRoute(
    http,
    {
      method: "GET",
      url: "/api/v1/admin/desk/events",
      summary: "Follow the desk: its queue, what waits for a word, and the stores' alerts",
      description:
        "Server-sent events: `queue` (counts, and the orders whose task moved), `attention` (refunds to approve or to " +
        "answer, stores whose machines rest) and `alert` (a store's tier fell sick, recovered, was paused or resumed). " +
        "The first two come at once and then whenever they change; alerts come once each, and after `Last-Event-ID` those " +
        "that were missed. Ends after a quarter of an hour; come back then.",
      tags: ["Operations"],
      auth: "ops",
      produces: ["text/event-stream"],
      headers: ["Last-Event-ID"],
      errors: [],
    },
    async ({ db, request, reply }) => {
      const seen = request.headers["last-event-id"];
      const seenAlertId = typeof seen === "string" && /^\d{1,18}$/.test(seen) ? BigInt(seen) : null;
      const stream = openEventStream(request, reply);
      // The connection is the stream's from here on; a failure ends it and the page comes back.
      streamDesk(db, watch, stream, seenAlertId).catch(() => stream.close());
      return "taken";
    },
  );
}
