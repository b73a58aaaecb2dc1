import type { FastifyInstance } from "fastify";

import { escapeHtml } from "#core/escape-html.ts";
import { parseLetter, type Letter, type Letters, type LetterSummary } from "./letters.ts";

type InboxQuery = { Querystring: { readonly to?: string } };
type ViewPath = { Params: { readonly id: string }; Querystring: { readonly tab?: string } };

const shownMax = 200;

/** The inbox for people: everything that was sent to anybody, newest first. */
export function addInboxPages(app: FastifyInstance, letters: Letters, smtpUrl: () => string | null): void {
  app.get<InboxQuery>("/mail", (request, reply) => {
    const to = request.query.to ?? "";
    const found = letters.list({ to: to === "" ? undefined : to, limit: shownMax });
    return reply.type("text/html; charset=utf-8").send(drawInbox(found, to, smtpUrl()));
  });
  app.get<ViewPath>("/mail/view/:id", async (request, reply) => {
    reply.type("text/html; charset=utf-8");
    const letter = letters.find(request.params.id);
    if (letter === undefined)
      return reply
        .code(404)
        .send(page("No such message", "<h1>No such message</h1><p>It is not here, or no longer.</p>"));
    return reply.send(await drawLetter(letter, request.query.tab));
  });
}

function drawInbox(found: readonly LetterSummary[], to: string, smtpUrl: string | null): string {
  const rows = found.map(
    (letter) => `<li><a href="/mail/view/${letter.id}"><strong>${escapeHtml(letter.subject || "(no subject)")}</strong>
      <span>${escapeHtml(letter.envelope.to.join(", "))}</span><span class="from">${escapeHtml(letter.from)}</span>
      <time datetime="${letter.receivedAt}">${timeText(letter.receivedAt)}</time></a></li>`,
  );
  const nothing = to === "" ? "Nothing has been sent yet." : `Nothing has been sent to ${escapeHtml(to)}.`;
  return page(
    "Inbox",
    `<h1>Inbox</h1>
    <p>Whatever is sent to <code>${escapeHtml(smtpUrl ?? "the mail server, once it is open")}</code>, to whomever, arrives here.</p>
    <form role="search"><label>Sent to <input type="search" name="to" value="${escapeHtml(to)}" placeholder="jamie@example.com"></label><button>Search</button></form>
    ${rows.length === 0 ? `<p class="none">${nothing}</p>` : `<ul class="list">${rows.join("\n")}</ul>`}`,
  );
}

async function drawLetter(letter: Letter, wanted: string | undefined): Promise<string> {
  const email = await parseLetter(letter.raw);
  const tabs = [...(email.html === undefined ? [] : ["html"]), ...(email.text === undefined ? [] : ["text"]), "source"];
  const tab = tabs.find((name) => name === wanted) ?? tabs[0] ?? "source";
  const links = tabs.map(
    (name) =>
      `<a href="/mail/view/${letter.id}?tab=${name}"${name === tab ? ` aria-current="page"` : ""}>${tabNames[name] ?? name}</a>`,
  );
  const files = email.attachments.map(
    ({ filename, mimeType }, index) =>
      `<li><a href="/mail/messages/${letter.id}/attachments/${index}" download>${escapeHtml(filename ?? "attachment")}</a> <span>${escapeHtml(mimeType)}</span></li>`,
  );
  return page(
    letter.subject,
    `<p><a href="/mail">← Inbox</a></p>
    <h1>${escapeHtml(letter.subject || "(no subject)")}</h1>
    <dl><dt>From</dt><dd>${escapeHtml(letter.from)}</dd><dt>To</dt><dd>${escapeHtml(letter.to.join(", "))}</dd>
      <dt>Delivered to</dt><dd>${escapeHtml(letter.envelope.to.join(", "))}</dd>
      <dt>Received</dt><dd><time datetime="${letter.receivedAt}">${timeText(letter.receivedAt)}</time></dd>
      <dt>Message-ID</dt><dd>${escapeHtml(letter.messageId ?? "none")}</dd></dl>
    ${files.length === 0 ? "" : `<h2>Attachments</h2><ul>${files.join("")}</ul>`}
    <nav aria-label="How to show it">${links.join("")}</nav>
    ${drawBody(letter, tab, email.text ?? "")}`,
  );
}

const tabNames: Readonly<Record<string, string>> = { html: "HTML", text: "Text", source: "Source" };

function drawBody(letter: Letter, tab: string, text: string): string {
  if (tab === "html") {
    return `<iframe title="The message" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mail/messages/${letter.id}/html"></iframe>`;
  }
  const shown = tab === "text" ? linked(text) : escapeHtml(Buffer.from(letter.raw).toString("utf8"));
  return `<pre>${shown}</pre>`;
}

function linked(text: string): string {
  return escapeHtml(text).replaceAll(
    /https?:\/\/[^\s<>]+/g,
    (url) => `<a href="${url}" target="_blank" rel="noreferrer">${url}</a>`,
  );
}

function timeText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · the sandbox's mail</title>
<style>
  *, ::before, ::after { box-sizing: border-box }
  body { font: 16px/1.5 system-ui, -apple-system, "Noto Sans KR", sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; background: #fafaf8; overflow-wrap: anywhere }
  h1 { font-size: 1.5rem; margin: .5rem 0 } h2 { font-size: 1rem } a { color: #1d4ed8 } code, pre { font: 14px/1.5 ui-monospace, monospace }
  form { display: flex; gap: .5rem; align-items: end; flex-wrap: wrap; margin: 1rem 0 } label { display: grid; font-size: 14px; flex: 1 1 16rem } input, button { font: inherit; min-height: 44px; padding: 0 .8rem; border: 1px solid #8b95a1; border-radius: .5rem; background: #fff }
  .list { list-style: none; padding: 0; border-top: 1px solid #e3e3dd } .list a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .7rem .25rem; color: inherit; text-decoration: none; border-bottom: 1px solid #e3e3dd } .list a:hover { background: #f1f1ec }
  .list span { grid-column: 1; color: #52606d } .list time { grid-column: 2; grid-row: 1; color: #52606d; font-size: 14px } .list .from { font-size: 14px }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem } dt { color: #52606d } dd { margin: 0 }
  nav { display: flex; gap: .25rem; margin-top: 1.5rem } nav a { padding: .5rem 1rem; border: 1px solid #d9d9d3; border-bottom: 0; border-radius: .5rem .5rem 0 0; text-decoration: none } nav a[aria-current] { background: #fff; font-weight: 600; color: inherit }
  iframe, pre { display: block; width: 100%; margin: 0; background: #fff; border: 1px solid #d9d9d3 } iframe { height: 75vh } pre { padding: 1rem; overflow: auto; white-space: pre-wrap }
  @media (max-width: 480px) { .list a { grid-template-columns: 1fr } .list time { grid-column: 1; grid-row: auto } dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }
</style><main>${content}</main></html>`;
}
