import assert from "node:assert/strict";
import { test } from "node:test";
import { errors, isErrorCode } from "./error.ts";

/** The statuses of the contract's conventions, and 412 for If-Match. */
const statuses = new Set([400, 401, 402, 403, 404, 409, 410, 412, 413, 415, 422, 429, 500, 503]);

test("every code has a status of the contract and a sentence in both languages", () => {
  const seen = new Set<number>();
  for (const [code, { status, message }] of Object.entries(errors)) {
    seen.add(status);
    assert.match(code, /^[a-z]+(_[a-z]+)*$/);
    assert.ok(statuses.has(status), code);
    assert.match(message.en, /^[A-Z].+\.$/, code);
    assert.match(message.ko, /[가-힣]/, code);
  }
  assert.deepEqual(seen, statuses);
});

test("what the contract says of single codes holds", () => {
  const said = {
    idempotency_key_reused: 422,
    idempotency_in_progress: 409,
    payment_declined: 402,
    payment_action_required: 402,
    session_expired: 410,
    session_not_found: 404,
    role_missing: 403,
    not_signed_in: 401,
    unknown_field: 400,
    body_too_large: 413,
    unsupported_media_type: 415,
    rate_limited: 429,
    overloaded: 503,
    precondition_failed: 412,
  } as const;
  for (const [code, status] of Object.entries(said))
    assert.equal(isErrorCode(code) && errors[code].status, status, code);
  assert.equal(errors.mixed_currency.message.ko, "모든 상품의 통화가 동일해야 합니다");
  assert.equal(isErrorCode("toString"), false);
});

test("an answer that may come out differently in a moment is marked so, since that decides over its being kept", () => {
  for (const [code, { status, retry }] of Object.entries(errors)) {
    if (status >= 500 || status === 429) assert.notEqual(retry, "never", code);
  }
  assert.equal(errors.payment_action_required.retry, "same_key");
  assert.equal(errors.payment_declined.retry, "never");
});
