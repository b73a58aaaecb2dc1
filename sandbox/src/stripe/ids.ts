import { randomFillSync } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const pool = Buffer.alloc(8192);
let used = pool.length;

/**
 * A new id with Stripe's prefix. It begins with the time, so that ids sort by age and the index over them grows at one
 * end; sixteen random characters make it unguessable.
 */
export function newId(prefix: string, nowMs: number): string {
  let time = "";
  for (let rest = nowMs; rest > 0; rest = Math.floor(rest / 62)) time = (alphabet[rest % 62] ?? "") + time;
  return `${prefix}_1${time}${randomText(16)}`;
}

/** Random letters and digits; a byte's 256 values over 62 signs are uneven by a hair, which no simulator minds. */
export function randomText(length: number): string {
  let text = "";
  for (let index = 0; index < length; index += 1) {
    if (used >= pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    text += alphabet[(pool[used] ?? 0) % 62] ?? "";
    used += 1;
  }
  return text;
}
