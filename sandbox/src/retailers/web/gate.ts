import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Rule } from "#core/faults.ts";
import { requestText } from "#core/transport-faults.ts";
import { openPageCount } from "./page-count.ts";
import type { Shop } from "./shop.ts";
import { token, type QueuePlace, type ShopSession } from "./shop-session.ts";

/** What a shop shows instead of the page that was asked for, each in its own words and look. */
export type Screens = {
  tooFast(request: FastifyRequest, reply: FastifyReply, retryAfterS: number): FastifyReply;
  broken(request: FastifyRequest, reply: FastifyReply): FastifyReply;
  captcha(request: FastifyRequest, reply: FastifyReply): FastifyReply;
  queue(request: FastifyRequest, reply: FastifyReply, place: QueuePlace): FastifyReply;
  /** What is gone when a login, or a guest's session, is lost on the way. */
  loseLogin(session: ShopSession): void;
  /** Pages (or calls) that one visitor may ask for in ten seconds. */
  readonly pagesMax: number;
};

const slowMsDefault = 5_000;
const queueSecondsDefault = 8;
const humanMs = 600_000;
/** Letters that nobody mistakes for one another. */
const captchaLetters = "ACDEFHJKLMNPRTUVWXY";

/** Stands before every named page of a shop: counts, and plays the faults that are about getting to a page at all. */
export function addGate(app: FastifyInstance, shop: Shop, screens: Screens): void {
  const { world } = shop.retail;
  const pages = openPageCount(screens.pagesMax);

  app.addHook("preHandler", async (request, reply) => {
    const { endpoint } = request.routeOptions.config;
    if (endpoint === undefined || reply.sent) return undefined;
    reply.header("cache-control", "no-store");
    const retryAfterS = pages.count(shop.sessions.idOf(request), request.ip, world.now());
    if (retryAfterS > 0) return screens.tooFast(request, reply, retryAfterS);
    if (world.faults.isQuiet()) return hold(shop, screens, request, reply);

    const slow = faultOf(shop, request, "slow_page");
    if (slow !== undefined) await sleep(numberOf(slow.value) ?? slow.latencyMs ?? slowMsDefault);
    const fast = faultOf(shop, request, "rate_limited");
    if (fast !== undefined) return screens.tooFast(request, reply, numberOf(fast.value) ?? 10);
    if (faultOf(shop, request, "error_page") !== undefined) return screens.broken(request, reply);
    const session = shop.sessions.of(request, reply);
    if (faultOf(shop, request, "login_lost") !== undefined) screens.loseLogin(session);
    challenge(shop, request, session, endpoint);
    return hold(shop, screens, request, reply);
  });
}

/** The rule of this kind that fires for this request, or undefined; counts down its `times`. */
export function faultOf(shop: Shop, request: FastifyRequest, kind: string): Rule | undefined {
  const { endpoint } = request.routeOptions.config;
  const { faults } = shop.retail.world;
  if (endpoint === undefined || faults.isQuiet()) return undefined;
  return faults.hit(shop.slug, endpoint, () => requestText(request), [kind]);
}

/** Whether what was typed is what the picture said: believed for ten minutes. A wrong answer gets a new picture. */
export function answerCaptcha(shop: Shop, session: ShopSession, typed: string): boolean {
  const { captcha } = session.read();
  if (captcha === null) return true;
  const isRight = typed.trim().toUpperCase() === captcha;
  if (isRight) session.change({ captcha: null, humanUntilMs: shop.retail.world.now() + humanMs });
  else session.change({ captcha: newCaptcha() });
  return isRight;
}

/** How many are still before one: it reaches 0 when one is let in. */
export function positionNow({ position, sinceMs, untilMs }: QueuePlace, nowMs: number): number {
  return Math.max(0, Math.ceil((position * (untilMs - nowMs)) / Math.max(1, untilMs - sinceMs)));
}

/** Faults that begin something which lasts: a CAPTCHA until it is solved, a queue until one's turn has come. */
function challenge(shop: Shop, request: FastifyRequest, session: ShopSession, endpoint: string): void {
  const { captcha, humanUntilMs, queue } = session.read();
  const nowMs = shop.retail.world.now();
  if (captcha === null && humanUntilMs < nowMs && faultOf(shop, request, "captcha") !== undefined)
    session.change({ captcha: newCaptcha() });
  if (queue !== null || !endpoint.startsWith("checkout")) return;
  const rule = faultOf(shop, request, "queue");
  if (rule === undefined) return;
  const waitMs = (numberOf(rule.value) ?? queueSecondsDefault) * 1000;
  const position = 30 + Math.round(waitMs / 200);
  session.change({ queue: { position, sinceMs: nowMs, untilMs: nowMs + waitMs } });
}

function hold(shop: Shop, screens: Screens, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const id = shop.sessions.idOf(request);
  const { endpoint = "" } = request.routeOptions.config;
  if (id === undefined && shop.retail.world.faults.isQuiet()) return undefined;
  const { captcha, queue } = shop.sessions.of(request, reply).read();
  if (captcha !== null) return screens.captcha(request, reply);
  const isHeld = queue !== null && queue.untilMs > shop.retail.world.now() && endpoint.startsWith("checkout");
  return isHeld ? screens.queue(request, reply, queue) : undefined;
}

function newCaptcha(): string {
  return [...Buffer.from(token())]
    .slice(0, 5)
    .map((byte) => captchaLetters[byte % captchaLetters.length])
    .join("");
}

function numberOf(value: Rule["value"]): number | undefined {
  return typeof value === "number" ? value : undefined;
}
