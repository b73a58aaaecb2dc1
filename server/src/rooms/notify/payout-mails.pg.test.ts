/** What sellers are told of their money: from what is noted at the desk to mail that has arrived, once each. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Registry } from "prom-client";
import { openTestDb } from "../../../test/db.ts";
import { buyFile } from "../../../test/digital.ts";
import { inLine, rowLock } from "../../../test/in-line.ts";
import { openMailServer } from "../../../test/mail-server.ts";
import { endHolding, makeSeller, makeSold } from "../../../test/sellers.ts";
import { newId } from "#kernel/ids.ts";
import { openLog } from "#platform/log/log.ts";
import { mailsErase, mailsExport } from "./index.ts";
import { linksOf } from "./links.ts";
import { mailMetrics } from "./metrics.ts";
import { sendMails, type SendDeps } from "./send-mails.ts";
import { openTransport } from "./transport.ts";

const { pool, beforeClose } = await openTestDb({ isPatient: true });
const server = await openMailServer();
const lines: string[] = [];
const transport = openTransport(async () => server.url);
beforeClose(async () => {
  transport.close();
  await server.close();
});
const deps: SendDeps = {
  db: pool,
  log: openLog({ level: "debug", program: "test", destination: { write: (line) => void lines.push(line) } }),
  transport,
  links: linksOf("https://shop.example.com"),
  metrics: mailMetrics(new Registry(), pool),
  from: "Muse <orders@muse.test>",
};

type Payout = { readonly payoutId: string; readonly sellerId: string; readonly reference: string };
let references = 0;

/** What a seller has earned, on its way to them: 9 dollars, or 9,000 won. */
async function onItsWay(currency: "USD" | "KRW" = "USD"): Promise<Payout> {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  if (currency === "KRW") await pool.query("update seller.seller set locale = 'ko' where account_id = $1", [sellerId]);
  const priceMinor = currency === "KRW" ? 10_000 : 1_000;
  await buyFile(pool, await makeSold(pool, sellerId, { priceMinor, currency }));
  const payoutId = newId("po");
  const { rows } = await pool.query("select outcome from ledger.payout_prepare_1($1, $2, $3, $4, 'acc_ada')", [
    payoutId,
    sellerId,
    currency,
    (priceMinor * 9) / 10,
  ]);
  assert.deepEqual(rows, [{ outcome: "prepared" }]);
  return { payoutId, sellerId, reference: `TR-${(references += 1)}00` };
}

const paid = async ({ payoutId, reference }: Payout): Promise<string> =>
  (await pool.query("select ledger.payout_paid_1($1, $2, 'acc_ada') as outcome", [payoutId, reference])).rows[0]
    .outcome;
const failed = async ({ payoutId }: Payout, failure: string): Promise<string> =>
  (await pool.query("select ledger.payout_failed_1($1, $2, 'acc_ada') as outcome", [payoutId, failure])).rows[0]
    .outcome;
const mailsOf = async ({ payoutId }: Payout) =>
  (
    await pool.query<{ kind: string; status: string; locale: string; error: string | null; message_id: string | null }>(
      "select kind, status, locale, error, message_id from notify.mail where payout_id = $1 order by created_at, kind",
      [payoutId],
    )
  ).rows;
async function send(): Promise<void> {
  await pool.query("update notify.mail set try_at = now() where try_at is not null");
  while ((await sendMails(deps)) > 0);
}
const takenBy = ({ sellerId }: Payout) => server.taken.filter(({ to }) => to.includes(`${sellerId}@mail.test`));

test("a transfer is told to its seller, with its reference; once, however often it is noted", async () => {
  const payout = await onItsWay();
  assert.deepEqual(await mailsOf(payout), [], "that it is prepared is no news yet");
  assert.equal(await paid(payout), "paid");
  assert.equal(await paid(payout), "already");
  await send();
  await send();
  const [letter, ...others] = takenBy(payout);
  assert.deepEqual([letter?.subject, others.length], ["We have transferred $9.00 to you", 0]);
  for (const part of [payout.reference, "https://shop.example.com/sell/payouts", "by selling at Muse"]) {
    assert.ok(letter?.text.includes(part) && letter.html.includes(part), part);
  }
});

test("what the bank sent back is told as that, after it was paid; what came to nothing before is not", async () => {
  const payout = await onItsWay();
  await paid(payout);
  await send();
  assert.equal(await failed(payout, "returned"), "failed");
  assert.equal(await failed(payout, "returned"), "already");
  await send();
  assert.deepEqual(
    takenBy(payout).map(({ subject }) => subject),
    ["We have transferred $9.00 to you", "The bank sent your $9.00 back"],
  );
  assert.match(takenBy(payout)[1]?.text ?? "", new RegExp(`owed to you again[^]*${payout.reference}`));

  for (const failure of ["called_off", "refused"]) {
    const other = await onItsWay();
    assert.equal(await failed(other, failure), "failed");
    assert.deepEqual(await mailsOf(other), []);
  }
});

test("of a transfer that came back before its letter had left, that alone is told", async () => {
  const payout = await onItsWay();
  await paid(payout);
  await failed(payout, "returned");
  await send();
  assert.deepEqual(
    takenBy(payout).map(({ subject }) => subject),
    ["The bank sent your $9.00 back"],
  );
  const told = (await mailsOf(payout)).map(({ kind, status, error }) => [kind, `${status} ${error}`]);
  assert.deepEqual(Object.fromEntries(told), { payout_paid: "dropped over", payout_returned: "sent null" });
});

test("a seller is written to in their language", async () => {
  const payout = await onItsWay("KRW");
  await paid(payout);
  await failed(payout, "returned");
  await send();
  const [letter] = takenBy(payout);
  assert.equal(letter?.subject, "정산 이체 반송: ₩9,000");
  assert.match(letter.text, /다시 더해졌습니다[^]*정산 내역 보기/);
});

test("a letter is there with its fact or not at all, and two people who note one transfer write one", async () => {
  const payout = await onItsWay();
  const client = await pool.connect();
  await client.query("begin");
  await client.query("select ledger.payout_paid_1($1, $2, 'acc_ada')", [payout.payoutId, payout.reference]);
  await client.query("rollback");
  client.release();
  assert.deepEqual(await mailsOf(payout), []);
  const said = await inLine(pool, rowLock("ledger.payout", "payout_id", payout.payoutId), [
    () => paid(payout),
    () => paid(payout),
  ]);
  assert.deepEqual(said, ["paid", "already"]);
  assert.equal((await mailsOf(payout)).length, 1);
});

test("a server that took it and did not say so gets it again under the same Message-ID", async () => {
  const payout = await onItsWay();
  // What the others have left to send would meet it first.
  await send();
  await paid(payout);
  server.mischief.push("silent");
  await send();
  await send();
  const [mail] = await mailsOf(payout);
  assert.equal(mail?.status, "sent");
  const ids = takenBy(payout).map(({ messageId }) => messageId);
  assert.deepEqual(ids, [mail.message_id, mail.message_id]);
});

test("P1: of who is erased nothing more is sent or written; their copy tells what was, and the log names nobody", async () => {
  const payout = await onItsWay();
  await paid(payout);
  const of = { accountIds: [payout.sellerId] };
  const [told] = (await mailsExport(pool, of)).mails as readonly { kind: string; payoutId: string }[];
  assert.deepEqual([told?.kind, told?.payoutId], ["payout_paid", payout.payoutId]);
  await mailsErase(pool, of);
  await pool.query("update seller.seller set erased_at = now() where account_id = $1", [payout.sellerId]);
  await failed(payout, "returned");
  await send();
  assert.deepEqual(takenBy(payout), []);
  assert.deepEqual(
    (await mailsOf(payout)).map(({ kind, status, error }) => [kind, status, error]),
    [["payout_paid", "dropped", "erased"]],
  );
  assert.ok(lines.length > 0);
  for (const line of lines) assert.doesNotMatch(line, /@mail\.test|TR-\d/);
});
