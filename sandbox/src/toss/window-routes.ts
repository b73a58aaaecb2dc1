import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { asOfNow } from "./clocks.ts";
import { newPayment, type Kept, type Method, type Payment } from "./payment.ts";
import { isOrderId } from "./payment-routes.ts";
import type { Shop } from "./shop.ts";
import { drawReceipt, drawWindow, drawWindowOver, type Language } from "./window-pages.ts";

type Path = { readonly Params: { readonly key: string }; readonly Querystring: Asked };
type Asked = Readonly<Record<string, string | undefined>>;

const methods: Readonly<Record<string, Method>> = { CARD: "카드", VIRTUAL_ACCOUNT: "가상계좌", EASY_PAY: "간편결제" };

/** The window in which a payer says yes: no money moves here, the shop's confirmation alone does that. */
export function addPaymentWindow(app: FastifyInstance, shop: Shop): void {
  app.get<Path>("/toss-window/new", { config: { part: "toss", endpoint: "window.open" } }, (request, reply) => {
    const kept = openPayment(shop, request.query, originOf(request));
    if (kept === undefined) return reply.code(400).send({ code: "INVALID_REQUEST", message: "잘못된 요청입니다." });
    shop.world.atomically(() => shop.save(kept));
    return reply.redirect(`/toss-window/${kept.payment.paymentKey}`, 303);
  });
  app.get<Path>("/toss-window/:key", (request, reply) => {
    const kept = shop.store.byKey(request.params.key);
    asPage(reply);
    if (kept === undefined || asOfNow(shop, kept).payment.status !== "READY")
      return reply.code(404).send(drawWindowOver(languageOf(request)));
    return drawWindow(kept, languageOf(request));
  });
  app.get<Path>("/toss-window/:key/receipt", (request, reply) => {
    const kept = shop.store.byKey(request.params.key);
    asPage(reply);
    return kept === undefined ? reply.code(404).send("") : drawReceipt(kept.payment, languageOf(request));
  });
  const decisions = { approve: approved, cancel: cancelled, reject: rejected } as const;
  for (const [verb, decide] of Object.entries(decisions)) {
    app.post<Path>(
      `/toss-window/:key/${verb}`,
      { config: { part: "toss", endpoint: `window.${verb}` } },
      (request, reply) => {
        const kept = shop.store.byKey(request.params.key);
        if (kept === undefined || asOfNow(shop, kept).payment.status !== "READY")
          return asPage(reply)
            .code(409)
            .send(drawWindowOver(languageOf(request)));
        return reply.redirect(
          shop.world.atomically(() => decide(shop, kept)),
          303,
        );
      },
    );
  }
}

/** What the browser's SDK asks for, or a test in its place. Undefined: some of it is missing or wrong. */
export function openPayment(shop: Shop, asked: Asked, origin: string): Kept | undefined {
  const wish = readWish(asked);
  if (wish === undefined) return undefined;
  const { orderId, orderName, amount, successUrl, failUrl } = wish;
  const atMs = shop.now();
  const payment = newPayment({
    paymentKey: shop.newPaymentKey(),
    orderId,
    orderName,
    amount,
    currency: asked["currency"] ?? "KRW",
    method: methods[asked["method"] ?? "CARD"] ?? "카드",
    origin,
    atMs,
  });
  return {
    payment,
    requestedMs: atMs,
    authenticatedMs: null,
    dueMs: null,
    successUrl,
    failUrl,
    customerName: asked["customerName"] ?? "구매자",
  };
}

type Wish = {
  readonly orderId: string;
  readonly orderName: string;
  readonly amount: number;
  readonly successUrl: string;
  readonly failUrl: string;
};

function readWish(asked: Asked): Wish | undefined {
  const { orderId = "", orderName = "", successUrl = "", failUrl = "", clientKey = "" } = asked;
  const amount = Number(asked["amount"]);
  const isNamed = [/^test_(ck|gck)_/.test(clientKey), isOrderId(orderId), orderName !== ""].every(Boolean);
  const hasUrls = [successUrl, failUrl].every((url) => URL.canParse(url));
  if (!isNamed || !hasUrls || !Number.isInteger(amount) || amount <= 0) return undefined;
  return { orderId, orderName: orderName.slice(0, 100), amount, successUrl, failUrl };
}

/** The payer said yes: the shop has ten minutes from now. */
export function authenticate(shop: Shop, kept: Kept): Kept {
  const payment: Payment = { ...kept.payment, status: "IN_PROGRESS" };
  const after = { ...kept, payment, authenticatedMs: shop.now() };
  shop.save(after);
  return after;
}

function approved(shop: Shop, kept: Kept): string {
  const { payment } = authenticate(shop, kept);
  return withQuery(kept.successUrl, {
    paymentType: "NORMAL",
    orderId: payment.orderId,
    paymentKey: payment.paymentKey,
    amount: String(payment.totalAmount),
  });
}

function cancelled(shop: Shop, kept: Kept): string {
  const failure = { code: "PAY_PROCESS_CANCELED", message: "사용자에 의해 결제가 취소되었습니다." };
  shop.saveAndTell({ ...kept, payment: { ...kept.payment, status: "ABORTED", failure } });
  return withQuery(kept.failUrl, { ...failure, orderId: kept.payment.orderId });
}

function rejected(shop: Shop, kept: Kept): string {
  const failure = { code: "REJECT_CARD_COMPANY", message: "카드사에서 결제를 거절했습니다." };
  shop.saveAndTell({ ...kept, payment: { ...kept.payment, status: "ABORTED", failure } });
  return withQuery(kept.failUrl, { ...failure, orderId: kept.payment.orderId });
}

function withQuery(address: string | null, params: Readonly<Record<string, string>>): string {
  const url = new URL(address ?? "about:blank");
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.toString();
}

function originOf(request: FastifyRequest): string {
  return `http://${request.headers.host ?? "127.0.0.1"}`;
}

function languageOf(request: FastifyRequest): Language {
  return (request.headers["accept-language"] ?? "ko").toLowerCase().startsWith("en") ? "en" : "ko";
}

function asPage(reply: FastifyReply): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .header("referrer-policy", "no-referrer")
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
}
