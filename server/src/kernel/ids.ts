import { randomBytes, randomInt } from "node:crypto";
import { assert } from "./assert.ts";

/** Crockford's base32, lower case: no i, l, o or u, and it sorts in the order of its values. */
const idAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Nine characters of five bits hold 45 bits of milliseconds: enough until the year 3084. */
const timeLength = 9;
const randomLength = 15;

/** What people read aloud and type back: nothing here looks like something else (no 0 O 1 I L U). */
const spokenAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const spokenGroupLength = 5;

/**
 * A new opaque id: the prefix (`cs`, `pay`, `re`, `evt` …: the contract names those that clients see), an underscore
 * and 24 characters. The first nine are the time in milliseconds, so that rows made together lie together in a B-tree;
 * the other fifteen are 75 bits of cryptographic randomness.
 */
export function newId(prefix: string, nowMs: number = Date.now()): string {
  assert(/^[a-z]{2,4}$/.test(prefix), "newId: a prefix is two to four letters");
  assert(Number.isSafeInteger(nowMs) && nowMs >= 0 && nowMs < 2 ** 45, "newId: time is within 45 bits");
  return `${prefix}_${timePart(nowMs)}${randomPart()}`;
}

/** An order's number as people see it, e.g. `MO-7KQ3M-X9T2B`: 30^10 possibilities, none guessable from another. */
export function newOrderNumber(): string {
  return `MO-${spokenGroup()}-${spokenGroup()}`;
}

function timePart(nowMs: number): string {
  let rest = nowMs;
  let text = "";
  for (let i = 0; i < timeLength; i += 1) {
    text = idAlphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function randomPart(): string {
  let text = "";
  // 256 is a multiple of 32, so the remainder of a random byte is uniform.
  for (const byte of randomBytes(randomLength)) text += idAlphabet.charAt(byte % 32);
  return text;
}

function spokenGroup(): string {
  let text = "";
  for (let i = 0; i < spokenGroupLength; i += 1) text += spokenAlphabet.charAt(randomInt(spokenAlphabet.length));
  return text;
}
