import { quoteOf, type Quote } from "../web/quote.ts";
import type { Shop } from "../web/shop.ts";
import type { Visit } from "../web/shop-session.ts";

/** What the newsletter gives away: basis points of the goods. */
const couponsBp: Readonly<Record<string, number>> = { WELCOME10: 1000 };

/** The code as it is kept, or null for one that is not ours. */
export function couponOf(typed: string): string | null {
  const code = typed.trim().toUpperCase();
  return code in couponsBp ? code : null;
}

export function lumenQuote(shop: Shop, visit: Visit): Quote {
  return quoteOf(shop, visit, couponsBp[visit.coupon ?? ""] ?? 0);
}
