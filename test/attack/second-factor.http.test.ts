/** People of the house with a password alone, stolen or guessed: shoppers, no more. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { must } from "../../server/src/kernel/assert.ts";
import { mintSignInLink } from "../../server/src/rooms/account/index.ts";
import { bearer, openAttacked, operationsOf, tablesOf, type Headers, type Reply } from "./attacked-system.ts";
import { newOwner, newPerson, type Person } from "./cast.ts";
import { elsewhere, rows, urlOf } from "./route-rows.ts";

const attacked = await openAttacked({ REQUIRE_TWO_FACTOR: "true" });
const { send, pool, log } = attacked;
const owner = await newOwner(attacked);
const staff = (await operationsOf(attacked)).filter(({ auth }) => auth === "ops" || auth === "admin");
const desk = "/api/v1/admin/manual-orders";
const password = "long enough";

const post = (path: string, body: object, headers: Headers = {}) =>
  send({ method: "POST", url: `/api/auth/${path}`, body, headers });
const signIn = (person: Person, headers: Headers = {}) =>
  post("sign-in/email", { email: person.email, password }, headers);
const queue = (headers: Headers) => send({ method: "GET", url: desk, headers });
const tokenOf = (reply: Reply): Headers => bearer(must((reply.json as unknown as { token: string }).token, reply.text));

/** All cookies of an answer, as a browser sends them back. */
function cookiesOf(reply: Reply): Headers {
  const set = [reply.headers["set-cookie"] ?? []].flat().map(String);
  return { cookie: set.map((one) => one.split(";")[0]).join("; ") };
}

/** RFC 6238, as authenticator apps do it. @param step 0 now, -1 half a minute ago */
function codeOf(totpUri: string, step = 0): string {
  const secret = must(new URL(totpUri).searchParams.get("secret"), "the address holds the secret");
  const bits = Array.from(secret, (letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const bytes = (bits.join("").match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + step));
  const digest = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const at = (digest[19] ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

type Enrolled = {
  readonly person: Person;
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
  readonly headers: Headers;
};

async function enrolled(role: "ops" | "admin"): Promise<Enrolled> {
  const person = await newPerson(attacked, role);
  const begun = await post("two-factor/enable", { password }, person.headers);
  assert.equal(begun.status, 200, begun.text);
  const { totpURI, backupCodes } = must(begun.json, "JSON").data as { totpURI: string; backupCodes: string[] };
  assert.equal((await queue(person.headers)).status, 403, "begun is not done");
  const verified = await post("two-factor/verify-totp", { code: codeOf(totpURI) }, person.headers);
  assert.equal(verified.status, 200, verified.text);
  return { person, totpURI, backupCodes, headers: tokenOf(verified) };
}

test("from signing up to the desk: the address shown by a link, a new password, a role, a second factor", async () => {
  const colleague = await newPerson(attacked);
  const found = async () => {
    const query = new URLSearchParams({ email: colleague.email }).toString();
    const url = `/api/v1/admin/people/by-email?${query}`;
    return (await send({ method: "GET", url, headers: boss.headers })).json?.data;
  };
  const boss = await enrolled("admin");
  const url = `/api/v1/admin/people/${colleague.accountId}/role`;
  const give = () => send({ method: "PUT", url, headers: boss.headers, body: { role: "ops" } });
  const choose = (headers: Headers) =>
    send({ method: "POST", url: "/api/v1/account/password", headers, body: { password } });
  assert.equal((await give()).json?.error?.code, "email_not_verified");
  assert.equal((await choose(colleague.headers)).json?.error?.code, "password_known");

  const mailed = must(await mintSignInLink(pool, colleague.email, 900), "a link");
  const headers = tokenOf(await send({ method: "GET", url: `/api/auth/magic-link/verify?token=${mailed}` }));
  assert.equal((await found()).isEmailVerified, true);
  assert.equal((await signIn(colleague)).status, 401, "whoever signed up may have been somebody else");
  await pool.query("update account.session set created_at = now() - interval '20 minutes' where user_id = $1", [
    colleague.accountId,
  ]);
  assert.equal((await choose(headers)).json?.error?.code, "sign_in_stale");
  await pool.query("update account.session set created_at = now() where user_id = $1", [colleague.accountId]);
  assert.equal((await choose(headers)).status, 201);
  assert.equal((await choose(headers)).json?.error?.code, "password_known");

  assert.equal((await give()).status, 200);
  const signedIn = tokenOf(await signIn(colleague));
  assert.equal((await queue(signedIn)).json?.error?.code, "two_factor_required");
  const begun = await post("two-factor/enable", { password }, signedIn);
  const { totpURI } = must(begun.json, begun.text).data as { totpURI: string };
  const verified = await post("two-factor/verify-totp", { code: codeOf(totpURI) }, signedIn);
  assert.equal((await queue(tokenOf(verified))).status, 200);
});

test("with a password alone every route of the house is closed, and says what is missing", async () => {
  for (const role of ["ops", "admin"] as const) {
    const { headers } = await newPerson(attacked, role);
    for (const operation of staff) {
      const row = must(rows[operation.name], operation.name);
      const body = row.body?.(owner.owns);
      const url = urlOf(operation.path, row, elsewhere(owner.owns));
      const reply = await send({ method: operation.method, url, headers, ...(body === undefined ? {} : { body }) });
      assert.deepEqual([reply.status, reply.json?.error?.code], [403, "two_factor_required"], operation.name);
    }
    const tracking = { trackingNumber: "TRK-1234", carrier: "swiftpost" };
    const noted = await send({
      method: "PUT",
      url: `/api/v1/orders/${owner.owns.orderNumber}/tracking`,
      headers,
      body: tracking,
    });
    assert.equal(noted.json?.error?.code, "role_missing", "where a role is asked for by hand it is not there either");
    const account = (await send({ method: "GET", url: "/api/v1/account", headers })).json?.data;
    assert.deepEqual([account.role, account.needsSecondFactor], [role, true]);
  }
});

test("enrolling takes the password and a code; the session from then on has its second factor", async () => {
  const { headers, person, backupCodes } = await enrolled("ops");
  assert.equal(backupCodes.length, 10);
  assert.equal((await queue(headers)).status, 200);
  assert.equal((await send({ method: "GET", url: "/api/v1/account", headers })).json?.data.needsSecondFactor, false);
  const other = await newPerson(attacked, "ops");
  const wrong = await post("two-factor/enable", { password: "wrong password" }, other.headers);
  assert.equal(wrong.json?.error?.code, "credentials_invalid");
  assert.equal((await post("two-factor/enable", { password })).json?.error?.code, "not_signed_in");
  assert.equal((await post("two-factor/enable", { password }, headers)).status, 400, "once is enough");
  assert.notEqual(person.headers["authorization"], headers["authorization"]);
});

test("signing in then takes two steps: before the second there is no session at all", async () => {
  const { person, totpURI } = await enrolled("admin");
  const first = await signIn(person);
  assert.equal(first.status, 200);
  assert.equal(first.json?.data.twoFactorRedirect, true);
  assert.equal(first.json?.data.token, undefined);
  for (const headers of [cookiesOf(first), bearer(String(first.headers["set-auth-token"] ?? "x".repeat(32)))]) {
    assert.equal((await send({ method: "GET", url: "/api/v1/account", headers })).status, 401);
  }
  const wrong = await post("two-factor/verify-totp", { code: "000000" }, cookiesOf(first));
  assert.deepEqual([wrong.status, wrong.json?.error?.code], [401, "two_factor_code_invalid"]);
  assert.equal((await post("two-factor/verify-totp", { code: codeOf(totpURI) })).json?.error?.code, "not_signed_in");
  const second = await post("two-factor/verify-totp", { code: codeOf(totpURI) }, cookiesOf(first));
  assert.equal(second.status, 200, second.text);
  assert.equal((await queue(tokenOf(second))).status, 200);
  const again = await post("two-factor/verify-totp", { code: codeOf(totpURI) }, cookiesOf(first));
  assert.notEqual(again.status, 200, "a challenge is met once");
});

test("no device is trusted for later, whatever it asks", async () => {
  const { person, totpURI } = await enrolled("ops");
  const first = await signIn(person);
  const code = codeOf(totpURI);
  const asked = await post("two-factor/verify-totp", { code, trustDevice: true }, cookiesOf(first));
  assert.deepEqual([asked.status, asked.json?.error?.code], [400, "unknown_field"]);
  const second = await post("two-factor/verify-totp", { code }, cookiesOf(first));
  assert.equal(second.status, 200);
  assert.ok(!String(second.headers["set-cookie"]).includes("trust_device="), String(second.headers["set-cookie"]));
  const next = await signIn(person, cookiesOf(second));
  assert.equal(next.json?.data.twoFactorRedirect, true);
});

test("a backup code works once", async () => {
  const { person, backupCodes } = await enrolled("ops");
  const [code = ""] = backupCodes;
  const used = await post("two-factor/verify-backup-code", { code }, cookiesOf(await signIn(person)));
  assert.equal(used.status, 200, used.text);
  assert.equal((await queue(tokenOf(used))).status, 200);
  const again = await post("two-factor/verify-backup-code", { code }, cookiesOf(await signIn(person)));
  assert.equal(again.json?.error?.code, "two_factor_code_invalid");
});

test("codes cannot be guessed: five to a challenge, ten in a row to an account", async () => {
  const { person, totpURI } = await enrolled("ops");
  const statuses: number[] = [];
  for (let challenge = 0; challenge < 3; challenge += 1) {
    const first = await signIn(person);
    for (let i = 0; i < 6; i += 1) {
      const reply = await post("two-factor/verify-totp", { code: String(100_000 + i) }, cookiesOf(first));
      statuses.push(reply.status);
    }
  }
  assert.equal(statuses.filter((status) => status === 401).length <= 12, true, statuses.join());
  assert.ok(statuses.includes(429), statuses.join());
  const right = await post("two-factor/verify-totp", { code: codeOf(totpURI) }, cookiesOf(await signIn(person)));
  assert.equal(right.status, 429, "also the right one has to wait");
  assert.ok(Number(right.headers["retry-after"]) > 60);
});

test("a stolen session does not guess the password either", async () => {
  const { headers } = await newPerson(attacked, "ops");
  const codes: (string | undefined)[] = [];
  for (let i = 0; i < 12; i += 1) {
    codes.push((await post("two-factor/enable", { password: `guess number ${i}` }, headers)).json?.error?.code);
  }
  assert.deepEqual(codes.slice(-2), ["rate_limited", "rate_limited"]);
});

test("giving the second factor up gives up the house at once", async () => {
  const { headers } = await enrolled("ops");
  const disabled = await post("two-factor/disable", { password }, headers);
  assert.equal(disabled.status, 200, disabled.text);
  const token = disabled.headers["set-auth-token"];
  const now = token === undefined ? cookiesOf(disabled) : bearer(decodeURIComponent(String(token)));
  for (const who of [headers, now]) assert.notEqual((await queue(who)).status, 200);
  assert.equal((await queue(now)).json?.error?.code, "two_factor_required");
});

test("neither secrets nor codes are kept in the clear, or logged", async () => {
  const { totpURI, backupCodes } = await enrolled("ops");
  const secret = must(new URL(totpURI).searchParams.get("secret"), "a secret");
  const text = log.join("");
  for (const word of [secret, ...backupCodes]) {
    assert.ok(!text.includes(word), "in the log");
    for (const table of await tablesOf(pool)) {
      const found = await pool.query(`select 1 from ${table} t where position($1 in t::text) > 0 limit 1`, [word]);
      assert.equal(found.rowCount, 0, `in ${table}`);
    }
  }
});
