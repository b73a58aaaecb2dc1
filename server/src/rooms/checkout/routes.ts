import {
  EmptyBody,
  PaymentBody,
  PlaceBody,
  PlaceResult,
  Session,
  SessionParams,
  SessionStatus,
  ShippingBody,
  ShippingOptionsBody,
  ShippingSet,
  StartSessionBody,
} from "@muse/contracts/checkout";
import { unreachable } from "#kernel/assert.ts";
import { fromWire } from "#kernel/money.ts";
import { openEventStream, stayAway } from "#platform/http/event-stream.ts";
import { fileRoute } from "#platform/http/file-route.ts";
import { answer, problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { refreshCart, type Pages } from "#rooms/cart";
import { z } from "zod";
import { contactRoute } from "./contact-route.ts";
import { declineLimits } from "./limit-declines.ts";
import { placeCodes, placeProblem, startCodes, startProblem } from "./refusals.ts";
import { placeSession, type PlaceDeps } from "./place-session.ts";
import { presentPlacing, presentSession } from "./present.ts";
import { cancelSession, payWith, readSession, startSession, type SessionClosed } from "./session-commands.ts";
import { setShipping, type Shipped } from "./set-shipping.ts";
import { hasSeenAll, streamSession } from "./stream-session.ts";
import { tossRoutes } from "./toss-routes.ts";

const base = "/api/v1/checkout/sessions";
const tags = ["Checkout"] as const;
const closedCodes = [
  "session_not_found",
  "session_expired",
  "session_cancelled",
  "session_processing",
  "session_closed",
] as const;

/** The contract's `/api/v1/checkout`. */
export function checkoutRoutes(http: HttpServer, deps: PlaceDeps, pages: Pages = null): void {
  startRoute(http, pages);
  readRoute(http);
  cancelRoute(http);
  deliveryRoutes(http);
  contactRoute(http);
  paymentRoute(http);
  placeRoute(http, deps);
  tossRoutes(http, deps);
  eventRoute(http, deps);
}

function startRoute(http: HttpServer, pages: Pages): void {
  route(
    http,
    {
      method: "POST",
      url: base,
      summary: "Freeze the cart into a checkout session",
      description:
        "Prices are locked and stock is held for thirty minutes. The same cart gives the same live session. With `currency`, what of the cart is in it: where there are two, each is checked out by itself, and the rest stays in the cart. With `productIds`, one each of those digital products instead of the cart.",
      tags,
      auth: "creates_account",
      isUnderWay: true,
      body: StartSessionBody,
      reply: Session,
      statuses: [200, 201],
      errors: startCodes,
      idempotent: true,
      // Old prices that came from a page are read again before they are promised (M6).
      prepare: async ({ db, account, isRepeat }) => {
        if (pages !== null && !(await isRepeat())) await refreshCart(db, pages, account.accountId);
        return null;
      },
    },
    async ({ db, account, body, language }) => {
      const started = await startSession(db, {
        ...account,
        locale: language,
        productIds: body?.productIds ?? null,
        currency: body?.currency ?? null,
      });
      switch (started.kind) {
        case "started":
          return answer(presentSession(started.state, language), { status: 201 });
        case "existing":
          return presentSession(started.state, language);
        default:
          return startProblem(started);
      }
    },
  );
}

function readRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: `${base}/:sessionId`,
      summary: "Read a session",
      tags,
      auth: "shopper",
      isUnderWay: true,
      params: SessionParams,
      reply: Session,
      errors: ["session_not_found"],
    },
    async ({ db, account, params, language }) => {
      const state = await readSession(db, { ...params, ...account });
      return state === null ? problem("session_not_found") : presentSession(state, language);
    },
  );
}

function cancelRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/:sessionId/cancel`,
      summary: "Give up a session and release what it holds",
      tags,
      auth: "shopper",
      isUnderWay: true,
      params: SessionParams,
      body: EmptyBody,
      reply: z.object({ sessionId: z.string(), status: SessionStatus }),
      errors: ["session_not_found", "session_expired", "session_processing", "session_closed"],
      idempotent: true,
    },
    async ({ db, account, params }) => {
      const cancelled = await cancelSession(db, { ...params, ...account });
      switch (cancelled.kind) {
        case "cancelled":
          return { sessionId: params.sessionId, status: "cancelled" as const };
        case "not_found":
          return problem("session_not_found");
        case "expired":
          return problem("session_expired");
        case "processing":
          return problem("session_processing");
        case "closed":
          return problem("session_closed");
        default:
          return unreachable(cancelled.kind);
      }
    },
  );
}

function deliveryRoutes(http: HttpServer): void {
  const errors = [
    ...closedCodes,
    "shipping_address_invalid",
    "shipping_address_required",
    "shipping_option_invalid",
    "product_unavailable",
  ] as const;
  const refused = (shipped: Exclude<Shipped, { kind: "shipped" }>) => {
    switch (shipped.kind) {
      case "address_invalid":
        return problem("shipping_address_invalid", { field: shipped.field, details: shipped.details });
      case "address_required":
        return problem("shipping_address_required");
      case "store_does_not_ship":
        return problem("product_unavailable", { details: { storeId: shipped.storeId } });
      case "option_invalid":
        return problem("shipping_option_invalid", { field: shipped.field, details: shipped.details });
      default:
        return closedProblem(shipped.kind);
    }
  };
  route(
    http,
    {
      method: "PUT",
      url: `${base}/:sessionId/shipping`,
      summary: "Say where the parcels go",
      description:
        "Answers the corrected address to accept (send it) or keep (go on), the options per store and the new totals.",
      tags,
      auth: "shopper",
      isUnderWay: true,
      params: SessionParams,
      body: ShippingBody,
      reply: ShippingSet,
      errors,
    },
    async ({ db, account, params, body, language }) => {
      const shipped = await setShipping(db, { ...params, ...account, address: body, choices: [], language });
      if (shipped.kind !== "shipped") return refused(shipped);
      return { session: presentSession(shipped.state, language), correctedAddress: shipped.correctedAddress };
    },
  );
  route(
    http,
    {
      method: "PUT",
      url: `${base}/:sessionId/shipping-options`,
      summary: "Choose a delivery speed per store",
      tags,
      auth: "shopper",
      isUnderWay: true,
      params: SessionParams,
      body: ShippingOptionsBody,
      reply: Session,
      errors,
    },
    async ({ db, account, params, body, language }) => {
      const shipped = await setShipping(db, { ...params, ...account, address: null, choices: body.choices });
      return shipped.kind === "shipped" ? presentSession(shipped.state, language) : refused(shipped);
    },
  );
}

function paymentRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "PUT",
      url: `${base}/:sessionId/payment`,
      summary: "Name the payment method, and what happens when a store fails",
      tags,
      auth: "shopper",
      isUnderWay: true,
      params: SessionParams,
      body: PaymentBody,
      reply: Session,
      errors: closedCodes,
    },
    async ({ db, account, params, body, language }) => {
      const noted = await payWith(db, {
        ...params,
        ...account,
        paymentMethodId: body.paymentMethodId ?? null,
        onStoreFailure: body.onStoreFailure ?? null,
      });
      return noted.kind === "noted" ? presentSession(noted.state, language) : closedProblem(noted.kind);
    },
  );
}

function placeRoute(http: HttpServer, deps: PlaceDeps): void {
  const declines = declineLimits(deps.db, http.limiter.factor);
  route(
    http,
    {
      method: "POST",
      url: `${base}/:sessionId/place`,
      summary: "Pay once and place the order with every store",
      description:
        "Waits up to ten seconds for the stores; what still runs is pending and goes on. Repeating it never charges twice. With `totalCents`, what was on the button, no other total is charged. The same Idempotency-Key is the same press: it is told what that press came to.",
      tags,
      auth: "shopper",
      isUnderWay: true,
      params: SessionParams,
      body: PlaceBody,
      reply: PlaceResult,
      errors: placeCodes,
      idempotent: "phased",
      // A page that lost its connection asks again and again, each call waiting ten seconds at most.
      limits: [
        { per: "account", windowS: 60, countMax: 300 },
        { per: "address", windowS: 60, countMax: 3_000 },
      ],
    },
    async ({ account, params, body, claimKey, language, request }) => {
      const payer = { accountId: account.accountId, ip: request.ip };
      const retryAfterS = declines.waitS(payer);
      if (retryAfterS > 0) return problem("rate_limited", { retryAfterS });
      const { "idempotency-key": key } = request.headers;
      const placed = await placeSession(deps, {
        ...params,
        ...account,
        claimKey,
        key: typeof key === "string" ? key : undefined,
        totalMinor: typeof body?.totalCents === "number" ? fromWire(body.totalCents) : undefined,
      });
      if (placed.kind === "declined") await declines.declined(payer);
      return placed.kind === "placing" ? presentPlacing(placed.state, language) : placeProblem(placed);
    },
  );
}

function eventRoute(http: HttpServer, { db, watch }: PlaceDeps): void {
  fileRoute(
    http,
    {
      method: "GET",
      url: `${base}/:sessionId/events`,
      summary: "Follow the payment and every placement as they happen",
      description:
        "Server-sent events named `session`; each is the whole state after what just happened. With `Last-Event-ID` a state that was seen is not sent again, and 204 says that there will be no more.",
      tags,
      auth: "shopper",
      isUnderWay: true,
      params: SessionParams,
      produces: ["text/event-stream"],
      headers: ["Last-Event-ID"],
      statuses: [200, 204],
      errors: ["session_not_found"],
    },
    async ({ account, params, language, request, reply }) => {
      const seenId = request.headers["last-event-id"];
      const of = {
        ...params,
        accountId: account.accountId,
        language,
        seenId: typeof seenId === "string" ? seenId : "",
      };
      const state = await readSession(db, of);
      if (state === null) return problem("session_not_found");
      if (hasSeenAll(state, of)) return stayAway(reply);
      const stream = openEventStream(request, reply);
      // The connection is the stream's from here on; a failure ends it and the page comes back.
      streamSession(db, watch, stream, of).catch(() => stream.close());
      return "taken";
    },
  );
}

function closedProblem(kind: SessionClosed) {
  switch (kind) {
    case "not_found":
      return problem("session_not_found");
    case "expired":
      return problem("session_expired");
    case "cancelled":
      return problem("session_cancelled");
    case "processing":
      return problem("session_processing");
    case "completed":
    case "failed":
      return problem("session_closed");
    default:
      return unreachable(kind);
  }
}
