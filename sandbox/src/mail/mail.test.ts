import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import type { Rule } from "#core/faults.ts";
import { startSandbox } from "../start-sandbox.ts";
import { sendLetter } from "./test/send-letter.ts";

const dataDir = mkdtempSync(join(tmpdir(), "sandbox-mail-"));
after(() => rmSync(dataDir, { recursive: true, force: true }));
const start = (): ReturnType<typeof startSandbox> =>
  startSandbox({ port: 0, dataFile: join(dataDir, "state.sqlite"), appUrl: "http://127.0.0.1:9" });
let sandbox = await start();
after(() => sandbox.close());

type Listed = { readonly id: string; readonly subject: string; readonly messageId: string; readonly envelope: object };

type Mail = { readonly to: string; readonly subject?: string; readonly body?: string };

function send({ to, subject = "Hello", body = "\nHello there\n" }: Mail): Promise<string> {
  const header = `From: Muse <orders@muse.test>\nTo: <${to}>\nSubject: ${subject}\nMessage-ID: <${randomUUID()}@muse.test>`;
  return sendLetter(sandbox.smtpUrl, { to: [to], message: `${header}\n${body}` });
}

async function get(path: string): Promise<unknown> {
  const answer = await fetch(sandbox.url + path);
  return answer.headers.get("content-type")?.includes("json") === true ? await answer.json() : await answer.text();
}

async function inbox(query = ""): Promise<readonly Listed[]> {
  return ((await get(`/mail/messages${query}`)) as { messages: readonly Listed[] }).messages;
}

async function faults(...rules: readonly Partial<Rule>[]): Promise<void> {
  const body = JSON.stringify({ rules: rules.map((rule) => ({ part: "mail", endpoint: "deliver", ...rule })) });
  await fetch(`${sandbox.url}/faults`, { method: "PUT", headers: { "content-type": "application/json" }, body });
}

async function forget(): Promise<void> {
  await fetch(`${sandbox.url}/reset`, { method: "POST" });
}

const koreanOrder = `From: Muse <orders@muse.test>
To: =?utf-8?B?6rmA7ZWY64KY?= <hana@example.kr>
Subject: =?utf-8?B?7KO866y4IO2ZleyduCDinJM=?=
Message-ID: <order-7@muse.test>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/related; boundary=r

--r
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

.안녕하세요
--a
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<p>안녕하세요 <a href="http://127.0.0.1:3000/sign-in?token=a&amp;b=1">로그인</a><img src="cid:logo"></p>
--a--
--r
Content-Type: image/svg+xml
Content-ID: <logo>
Content-Disposition: inline; filename=logo.svg

<svg/>
--r--
--m
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''%EC%98%81%EC%88%98%EC%A6%9D.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjc=
--m--
`;

const alternative = `MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain

Hi in text
--a
Content-Type: text/html

<b>Hi</b>
--a--
`;

test("a message is kept as it came, read in any script, and found by recipient and subject", async () => {
  await forget();
  const said = await sendLetter(sandbox.smtpUrl, { to: ["hana@example.kr", "copy@example.com"], message: koreanOrder });
  assert.match(said, /^250 /);
  await send({ to: "somebody.else@example.com", subject: "Shipped" });

  assert.deepEqual(
    (await inbox()).map(({ subject }) => subject),
    ["Shipped", "주문 확인 ✓"],
    "newest first",
  );
  const [found] = await inbox("?to=HANA@example.kr&subject=확인");
  assert.ok(found);
  assert.deepEqual(found.envelope, { from: "orders@muse.test", to: ["hana@example.kr", "copy@example.com"] });
  const whole = (await get(`/mail/messages/${found.id}`)) as Record<string, unknown> & {
    attachments: { filename: string; url: string }[];
  };
  assert.match(String(whole["text"]), /^\.안녕하세요/);
  assert.deepEqual(whole["links"], ["http://127.0.0.1:3000/sign-in?token=a&b=1"]);
  const receipt = whole.attachments.find(({ filename }) => filename === "영수증.pdf");
  const file = await fetch(sandbox.url + (receipt?.url ?? ""));
  assert.equal(await file.text(), "%PDF-1.7");
  assert.match(file.headers.get("content-disposition") ?? "", /^attachment; filename\*=UTF-8''%EC%98%81/);

  const shown = await fetch(`${sandbox.url}/mail/messages/${found.id}/html`);
  assert.match(await shown.text(), /<base target="_blank">.*src="\/mail\/messages\/mail_[\w-]+\/attachments\/0"/);
  assert.match(shown.headers.get("content-security-policy") ?? "", /^sandbox .*default-src 'none'/);
  assert.match(String(await get(`/mail/messages/${found.id}/raw`)), /^Content-Type: multipart\/mixed/m);
  const { records } = (await get("/records?part=mail")) as { records: { key: string; data: { subject: string } }[] };
  assert.deepEqual(records.map(({ key, data }) => [key, data.subject]).at(0), ["<order-7@muse.test>", "주문 확인 ✓"]);
});

test("the inbox's pages show what came, and run nothing of it", async () => {
  await forget();
  await send({ to: "jamie@example.com", subject: "<script>alert(1)</script>", body: alternative });
  const list = String(await get("/mail?to=jamie"));
  assert.match(list, /&lt;script&gt;alert\(1\)/);
  assert.doesNotMatch(list, /<script/);
  const [letter] = await inbox();
  const view = String(await get(`/mail/view/${letter?.id}`));
  assert.match(view, /<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox" src="\/mail\/messages\//);
  assert.match(String(await get(`/mail/view/${letter?.id}?tab=text`)), /<pre>Hi in text/);
  assert.match(String(await get(`/mail/view/${letter?.id}?tab=source`)), /Message-ID: /);
  assert.match(String(await get("/mail?to=nobody")), /Nothing has been sent to nobody/);
  const gone = await fetch(`${sandbox.url}/mail/messages`, { method: "DELETE" });
  assert.deepEqual(await gone.json(), { deleted: 1 });
  assert.deepEqual(await inbox(), []);
});

test("each fault is what a sender would meet, and only what was taken is in the records", async () => {
  await forget();
  const cases: readonly (readonly [Partial<Rule>, RegExp, number])[] = [
    [{ kind: "temporary_refusal" }, /451/, 0],
    [{ kind: "permanent_refusal" }, /550/, 0],
    [{ kind: "permanent_refusal", endpoint: "rcpt", match: "nobody@" }, /550/, 0],
    [{ kind: "drop_before" }, /connection lost at Fr/i, 0],
    [{ kind: "drop_after" }, /connection lost at Fr/i, 1],
  ];
  for (const [rule, said, kept] of cases) {
    await faults({ ...rule, times: 1 });
    assert.match(await send({ to: "nobody@example.com" }), said, JSON.stringify(rule));
    assert.equal((await inbox()).length, kept, JSON.stringify(rule));
  }
  const { records } = (await get("/records?part=mail")) as { records: readonly unknown[] };
  assert.equal(records.length, 1);

  await faults({ kind: "latency", latencyMs: 300 });
  const before = performance.now();
  assert.match(await send({ to: "nobody@example.com" }), /^250/);
  assert.ok(performance.now() - before >= 300);
});

test("a greylist refuses each sender's first letter to a recipient, and takes the second", async () => {
  await forget();
  await faults({ kind: "greylist", endpoint: "rcpt" });
  assert.match(await send({ to: "ada@example.com" }), /451/);
  assert.match(await send({ to: "ada@example.com" }), /^250/);
  assert.match(await send({ to: "bob@example.com" }), /451/);
});

test("any name and password will do; a message that is too large will not; what is no message is kept all the same", async () => {
  await forget();
  const login = { user: "muse", password: "secret" };
  const letter = { to: ["a@example.com"], message: "Subject: Hi\n\nHi" };
  assert.match(await sendLetter(sandbox.smtpUrl, { ...letter, login }), /^250/);
  const tooLarge = `Subject: Large\n\n${"x"
    .repeat(998)
    .concat("\n")
    .repeat(26 * 1024 + 512)}`;
  assert.match(await sendLetter(sandbox.smtpUrl, { ...letter, message: tooLarge }), /^552/);
  assert.match(await sendLetter(sandbox.smtpUrl, { ...letter, message: "\u0000\u0001 no header at all" }), /^250/);
  assert.equal((await inbox()).length, 2);
});

test("mail outlives the sandbox, and a port that is taken is refused by name", async () => {
  await forget();
  await send({ to: "a@example.com", subject: "Before" });
  await sandbox.close();
  sandbox = await start();
  assert.deepEqual(
    (await inbox()).map(({ subject }) => subject),
    ["Before"],
  );
  const config = (await get("/mail/config")) as { smtpUrl: string };
  assert.equal(config.smtpUrl, sandbox.smtpUrl);

  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const options = { port: 0, smtpPort: port, dataFile: ":memory:", appUrl: "http://127.0.0.1:9" };
  await assert.rejects(startSandbox(options), { code: "EADDRINUSE", port });
  taken.close();
});
