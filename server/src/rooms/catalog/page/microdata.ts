/** More than a page needs; what comes later is passed over. */
const thingsMax = 2_000;
const textMax = 10_000;
/** Of one property of one thing. */
const valuesMax = 500;
/** Properties whose texts lie in each other. Each open one takes every text, so they are few. */
const openTextsMax = 16;

export type Attributes = Readonly<Record<string, string>>;

type Scope = Record<string, unknown>;
/** An open element: the thing it begins, or the property whose text it holds. */
type Open = { readonly scope: Scope | null; readonly property: { readonly of: Scope; readonly names: string } | null };

/**
 * Takes a page's elements as they come and puts its microdata together: all of it but `itemref`.
 *
 * @see https://html.spec.whatwg.org/multipage/microdata.html
 */
export function openMicrodata() {
  const outermost: Scope[] = [];
  const opened: Open[] = [];
  const scopes: Scope[] = [];
  const texts: { text: string }[] = [];
  let count = 0;
  return {
    outermost,
    open(name: string, attributes: Attributes): void {
      const around = scopes.at(-1);
      if (attributes["itemscope"] !== undefined && count < thingsMax) {
        count += 1;
        const scope = begin(around, attributes);
        if (scope.isOutermost) outermost.push(scope.scope);
        scopes.push(scope.scope);
        opened.push({ scope: scope.scope, property: null });
        return;
      }
      const property = around === undefined ? null : readProperty(around, name, attributes);
      const isText = property !== null && texts.length < openTextsMax;
      if (isText) texts.push({ text: "" });
      opened.push({ scope: null, property: isText ? property : null });
    },
    text(part: string): void {
      for (const each of texts) if (each.text.length < textMax) each.text += part;
    },
    close(): void {
      const closed = opened.pop();
      if (closed === undefined) return;
      if (closed.scope !== null) scopes.pop();
      if (closed.property !== null) note(closed.property.of, closed.property.names, texts.pop()?.text.trim() ?? "");
    },
  };
}

function begin(around: Scope | undefined, attributes: Attributes) {
  const scope: Scope = { "@type": words(attributes["itemtype"]), "@id": attributes["itemid"] };
  const names = attributes["itemprop"];
  const isOutermost = names === undefined || around === undefined;
  if (!isOutermost) note(around, names, scope);
  return { scope, isOutermost };
}

/** Notes what an attribute says; answers the property when it is the element's text that will say it. */
function readProperty(around: Scope, name: string, attributes: Attributes): Open["property"] {
  const names = attributes["itemprop"];
  if (names === undefined) return null;
  const value = valueOf(name, attributes);
  if (value === null) return { of: around, names };
  note(around, names, value);
  return null;
}

function note(scope: Scope, names: string, value: unknown): void {
  for (const name of words(names)) {
    if (name === "__proto__") continue;
    const known = Object.hasOwn(scope, name) ? (scope[name] as unknown[]) : undefined;
    if (known === undefined) scope[name] = [value];
    else if (known.length < valuesMax) known.push(value);
  }
}

/** Where an element's value stands that is not its text. `content` goes before it, wherever it is. */
const valueAttributes: Readonly<Record<string, string>> = {
  a: "href",
  area: "href",
  link: "href",
  data: "value",
  meter: "value",
  time: "datetime",
  object: "data",
  img: "src",
  source: "src",
  audio: "src",
  video: "src",
  embed: "src",
  iframe: "src",
};

/** A property's value where an attribute holds it; null where the element's text does. */
function valueOf(name: string, attributes: Attributes): string | null {
  const content = attributes["content"];
  if (content !== undefined || name === "meta") return content ?? "";
  const attribute = Object.hasOwn(valueAttributes, name) ? valueAttributes[name] : undefined;
  return attribute === undefined ? null : (attributes[attribute] ?? null);
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(/\s+/).filter((word) => word !== "");
}
