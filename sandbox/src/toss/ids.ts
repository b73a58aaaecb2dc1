import { randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The time first, so that ids sort by age, then what nobody guesses. */
export function newId(prefix: string, nowMs: number): string {
  return `${prefix}${nowMs.toString(36).toUpperCase()}${randomText(16)}`;
}

export function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? "").join("");
}

export function randomDigits(length: number): string {
  return Array.from({ length }, () => String(randomInt(10))).join("");
}
