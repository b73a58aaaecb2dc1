import type { FastifyInstance } from "fastify";
import type { Email } from "postal-mime";

import { parseLetter, type Letter, type Letters } from "./letters.ts";

type LetterPath = { Params: { readonly id: string } };
type AttachmentPath = { Params: { readonly id: string; readonly index: string } };
type ListQuery = { Querystring: { readonly to?: string; readonly subject?: string; readonly limit?: string } };

const notFound = { error: "no such message" };

/** The inbox as JSON, for tests, and what the inbox's pages show in frames or hand out. */
export function addLetterRoutes(app: FastifyInstance, letters: Letters): void {
  app.get<ListQuery>("/mail/messages", (request, reply) => {
    const { to, subject, limit = "100" } = request.query;
    if (!/^[1-9]\d{0,3}$/.test(limit)) return reply.code(400).send({ error: "limit is 1 to 9999" });
    return { messages: letters.list({ to, subject, limit: Number(limit) }) };
  });
  app.delete("/mail/messages", () => ({ deleted: letters.clear() }));
  app.get<LetterPath>("/mail/messages/:id", async (request, reply) => {
    const letter = letters.find(request.params.id);
    return letter === undefined ? reply.code(404).send(notFound) : wholeLetter(letter);
  });
  app.get<LetterPath>("/mail/messages/:id/raw", (request, reply) => {
    const letter = letters.find(request.params.id);
    if (letter === undefined) return reply.code(404).send(notFound);
    return reply
      .type("text/plain; charset=utf-8")
      .header("x-content-type-options", "nosniff")
      .send(Buffer.from(letter.raw));
  });
  app.get<LetterPath>("/mail/messages/:id/html", async (request, reply) => {
    const letter = letters.find(request.params.id);
    const email = letter === undefined ? undefined : await parseLetter(letter.raw);
    if (letter === undefined || email?.html === undefined) return reply.code(404).send(notFound);
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", htmlPolicy)
      .header("referrer-policy", "no-referrer")
      .send(shownHtml(letter.id, email));
  });
  app.get<AttachmentPath>("/mail/messages/:id/attachments/:index", async (request, reply) => {
    const letter = letters.find(request.params.id);
    const email = letter === undefined ? undefined : await parseLetter(letter.raw);
    const attachment = email?.attachments[Number(request.params.index)];
    if (attachment === undefined) return reply.code(404).send(notFound);
    const name = encodeURIComponent(attachment.filename ?? "attachment");
    const isInline = attachment.mimeType.startsWith("image/") && attachment.related === true;
    return reply
      .type(attachment.mimeType)
      .header("content-disposition", `${isInline ? "inline" : "attachment"}; filename*=UTF-8''${name}`)
      .header("content-security-policy", "sandbox; default-src 'none'")
      .header("x-content-type-options", "nosniff")
      .send(bytesOf(attachment.content));
  });
}

/** A mail reader runs no scripts and sends no forms; links open elsewhere. */
const htmlPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:; style-src * 'unsafe-inline'; font-src * data:; frame-ancestors 'self'";

async function wholeLetter(letter: Letter): Promise<object> {
  const { raw, ...summary } = letter;
  const email = await parseLetter(raw);
  return {
    ...summary,
    replyTo: (email.replyTo ?? []).flatMap(({ address }) => (address === undefined ? [] : [address])),
    headers: email.headers.map(({ key, value }) => ({ name: key, value })),
    text: email.text ?? null,
    html: email.html ?? null,
    links: linksIn(email),
    attachments: email.attachments.map(({ filename, mimeType, content }, index) => ({
      filename,
      mimeType,
      sizeBytes: bytesOf(content).byteLength,
      url: `/mail/messages/${letter.id}/attachments/${index}`,
    })),
  };
}

/** Every address that a reader could follow, in order and once: what a test clicks. */
function linksIn({ html = "", text = "" }: Email): readonly string[] {
  const inHtml = [...html.matchAll(/\shref="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
  const inText = [...text.matchAll(/https?:\/\/[^\s<>")\]]+/g)].map(([url]) => url);
  return [...new Set([...inHtml, ...inText])].filter((url) => /^https?:/.test(url));
}

/** The message's own HTML, with its pictures found and its links leading out of the frame. */
function shownHtml(id: string, { html = "", attachments }: Email): string {
  let shown = html;
  for (const [index, { contentId }] of attachments.entries()) {
    const name = contentId?.replace(/^<|>$/g, "");
    if (name !== undefined) shown = shown.replaceAll(`cid:${name}`, `/mail/messages/${id}/attachments/${index}`);
  }
  const base = `<base target="_blank">`;
  return /<head[^>]*>/i.test(shown) ? shown.replace(/<head[^>]*>/i, (head) => head + base) : base + shown;
}

function bytesOf(content: Email["attachments"][number]["content"]): Buffer {
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(new Uint8Array(content));
}
