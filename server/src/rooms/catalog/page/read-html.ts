import { Parser } from "htmlparser2";
import { openMicrodata, type Attributes } from "./microdata.ts";
import type { Thing } from "./thing.ts";

/** What of a page may tell of a product. Nothing of it is shown as HTML anywhere. */
export type PageParts = {
  /** The scripts of type `application/ld+json`, as they stand. */
  readonly jsonLd: readonly string[];
  /** The outermost things of its microdata. */
  readonly microdata: readonly Thing[];
  /** By `property` or `name`; the first of each. */
  readonly meta: ReadonlyMap<string, string>;
  readonly canonical: string | null;
};

/** Far beyond what a page needs; what comes later is passed over. */
const scriptsMax = 40;
const metaMax = 500;
/** Elements in each other; browsers stop at 512. The parser's own pace falls with the square of it. */
const depthMax = 1_000;
const pieceLength = 8_192;

/**
 * One walk over a page, without a tree: a page of a million nested elements costs what its bytes cost. Whatever is
 * wrong with the HTML, the parser goes on as a browser would.
 */
export function readHtml(html: string): PageParts {
  const page = { jsonLd: [] as string[], meta: new Map<string, string>(), canonical: null as string | null };
  const data = openMicrodata();
  let depth = 0;
  let script: string | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (name === "script") script = isJsonLd(attributes) ? "" : null;
      if (name === "meta") noteMeta(page.meta, attributes);
      if (name === "link" && /(^|\s)canonical(\s|$)/i.test(attributes["rel"] ?? ""))
        page.canonical ??= attributes["href"] ?? null;
      data.open(name, attributes);
    },
    ontext(text) {
      if (script === null) data.text(text);
      else script += text;
    },
    onclosetag(name) {
      if (name === "script" && script !== null) {
        if (page.jsonLd.length < scriptsMax) page.jsonLd.push(script);
        script = null;
      }
      data.close();
      depth -= 1;
    },
  });
  for (let at = 0; at < html.length && depth < depthMax; at += pieceLength)
    parser.write(html.slice(at, at + pieceLength));
  parser.end();
  return { ...page, microdata: data.outermost };
}

/** The text of something that may be HTML: tags gone, entities read. For short texts. */
export function plainText(text: string): string {
  if (!/[<&]/.test(text)) return text;
  let plain = "";
  let isShown = true;
  const parser = new Parser({
    ontext(part) {
      if (isShown) plain += part;
    },
    onopentag(name) {
      if (/^(script|style)$/.test(name)) isShown = false;
      if (/^(br|p|li|div|h\d|tr)$/.test(name)) plain += " ";
    },
    onclosetag() {
      isShown = true;
    },
  });
  parser.end(text);
  return plain;
}

function isJsonLd(attributes: Attributes): boolean {
  return /^application\/ld\+json\b/i.test(attributes["type"]?.trim() ?? "");
}

function noteMeta(meta: Map<string, string>, attributes: Attributes): void {
  const name = (attributes["property"] ?? attributes["name"])?.trim().toLowerCase();
  const content = attributes["content"]?.trim();
  if (name === undefined || content === undefined || content === "" || meta.has(name)) return;
  if (meta.size < metaMax) meta.set(name, content);
}
