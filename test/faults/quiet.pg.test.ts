import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { openTestDb } from "../../server/test/db.ts";
import { unfinished } from "./quiet.ts";

const { url, beforeClose } = await openTestDb();
// As the faults read it, without our pool's own types. A pool of pg's would not wait until its connections have closed.
const database = new pg.Client({ connectionString: url });
await database.connect();
beforeClose(() => database.end());

const hire = async (accountId: string): Promise<unknown> =>
  await database.query(
    `insert into account."user" (id, name, email, email_verified, role, created_at)
     values ($1, 'Kim', $1 || '@muse.test', true, 'ops', now() - interval '1 year')`,
    [accountId],
  );
const happen = async (ago: string): Promise<unknown> =>
  await database.query(
    `insert into notify.alert (kind, dedupe_key, detail, at) values ('page_changed', 'made ' || $1, 'x', now() - $1::interval)`,
    [ago],
  );
const settleMails = async (): Promise<unknown> =>
  await database.query(
    "update notify.mail set status = 'sent', attempts = 1, try_at = null, sent_at = now(), message_id = '<' || mail_id || '@muse.test>'",
  );

test("it is not quiet while somebody is to be told of an alert; it is once they were, and for who wants no mail", async () => {
  await happen("11 minutes");
  assert.deepEqual(await unfinished(database), [], "nobody works here");
  await hire("acc_kim");
  await hire("acc_lee");
  await database.query("insert into notify.alert_wish (account_id, by_mail, locale) values ('acc_lee', false, 'en')");
  await database.query("update notify.alert_wish set since = now() - interval '1 year'");
  await happen("9 minutes");
  await happen("21 hours");
  assert.deepEqual(await unfinished(database), ["2 alerts not told"], "the third is too old for anybody");
  await database.query("select notify.write_alert_mails_1(interval '10 s', notify.alert_mail_every_1())");
  assert.deepEqual(await unfinished(database), ["1 letters under way"]);
  await settleMails();
  assert.deepEqual(await unfinished(database), []);
  await happen("8 minutes");
  assert.deepEqual(await unfinished(database), [], "it waits for the next mail");
  await database.query("update notify.mail set created_at = created_at - interval '9 minutes 45 s'");
  assert.deepEqual(await unfinished(database), ["1 alerts not told"], "which is about to be written");
});
