import type { Variant } from "../goods.ts";
import type { Order } from "../order.ts";
import type { ShippingOption } from "../stores.ts";

const dayMs = 86_400_000;

/** `$1,199.00`: as every one of the shops writes money. */
export function dollars(cents: number): string {
  const whole = Math.floor(Math.abs(cents) / 100).toLocaleString("en-US");
  const rest = String(Math.abs(cents) % 100).padStart(2, "0");
  return `${cents < 0 ? "−" : ""}$${whole}.${rest}`;
}

/** `M / Navy`, or "" for a thing that comes in one kind. */
export function variantName(variant: Variant): string {
  return [variant.size, variant.color].filter((part) => part !== null).join(" / ");
}

/** `Tue, Nov 24 – Sat, Nov 28` */
export function arrivalOf(option: ShippingOption, nowMs: number): string {
  const first = dayName(nowMs + option.daysMin * dayMs);
  const last = dayName(nowMs + option.daysMax * dayMs);
  return first === last ? first : `${first} – ${last}`;
}

export function dayName(ms: number): string {
  return new Date(ms).toLocaleDateString("en-US", {
    weekday: "short",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
}

export function dateName(ms: number): string {
  return new Date(ms).toLocaleDateString("en-US", { month: "long", day: "numeric", year: "numeric", timeZone: "UTC" });
}

export const statusWords: Readonly<Record<Order["status"], string>> = {
  placed: "Received",
  confirmed: "Being prepared",
  shipped: "On its way",
  delivered: "Delivered",
  cancelled: "Cancelled",
};

/** `November 24, 2026`, of an ISO day. */
export function isoDateName(day: string | null): string {
  return day === null ? "soon" : dateName(Date.parse(`${day}T12:00:00Z`));
}
