import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a store's clock may be off, and how old a replay may be: as Stripe has it. */
const toleranceS = 300;

/** Several `v1` values may stand beside each other while a secret is being changed; nobody needs more than a few. */
const signaturesMax = 4;

/**
 * Checks `Store-Signature: t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of "<t>.<bytes>" under the store's secret, compared
 * in constant time, no older than five minutes. The bytes are an event's raw body, or, where the address matters too,
 * "<method> <path>.<raw body>".
 */
export function isSignedByStore(raw: Buffer, header: string, secret: string, now: Date): boolean {
  const parts = header.split(",").map((part) => part.trim().split("=", 2) as [string, string?]);
  const time = parts.find(([name]) => name === "t")?.[1] ?? "";
  if (!/^\d{1,12}$/.test(time) || Math.abs(now.getTime() / 1000 - Number(time)) > toleranceS) return false;
  const expected = createHmac("sha256", secret).update(`${time}.`).update(raw).digest();
  return parts
    .filter(([name]) => name === "v1")
    .slice(0, signaturesMax)
    .some(([, hex = ""]) => {
      const given = Buffer.from(hex, "hex");
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
}
