/** Markup that may be sent as it is. Everything else that a page is made of is escaped. */
export type Html = { readonly html: string };

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A page or a piece of one: what is put in is escaped unless it is `Html`; null, undefined and false are nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((text, index) => text + written(parts[index])).join("") };
}

/** Text that is markup already: a drawing, a script of ours. */
export function raw(text: string): Html {
  return { html: text };
}

/** Structured data for a head; "<" is escaped so that no text in it can close the script. */
export function jsonLd(data: unknown): Html {
  return raw(`<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`);
}

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(written).join("");
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
