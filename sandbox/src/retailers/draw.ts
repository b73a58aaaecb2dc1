import { must } from "#core/assert.ts";
import { readTable } from "./goods/read-table.ts";
import type { Product } from "./goods.ts";

const drawings = new Map(readTable("drawings.psv").map((row) => [row["shape"], row["svg"]]));

const palette: Readonly<Record<string, string>> = {
  Amber: "#d79a3b",
  Black: "#3b3a3c",
  Blush: "#dcaaa0",
  Brass: "#bd9a55",
  Burgundy: "#7c3442",
  Camel: "#bf9467",
  Champagne: "#dcc8a0",
  Charcoal: "#55575c",
  Chestnut: "#8a5638",
  Chocolate: "#5d4437",
  Cognac: "#a5653a",
  Cork: "#c39d70",
  Cream: "#e6dcc3",
  Forest: "#48624d",
  Gold: "#cda349",
  Grey: "#9a9b9d",
  Indigo: "#3f4a73",
  Khaki: "#a3946b",
  Navy: "#35466b",
  Oak: "#c8a270",
  Oatmeal: "#d3c3a5",
  Olive: "#7a7a4c",
  Orange: "#d9763a",
  Pearl: "#e3ddd2",
  Pink: "#e0a9ae",
  Rust: "#b05c3b",
  Sage: "#94a889",
  Sand: "#d2b98e",
  Silver: "#b5b9bd",
  Sky: "#93b7cf",
  Slate: "#6b7b87",
  Smoke: "#87878c",
  Steel: "#9aa3a8",
  Stone: "#bfb5a3",
  Tan: "#bd8f5f",
  Taupe: "#a08e7d",
  Teal: "#3f7f80",
  Tortoise: "#8c6239",
  Walnut: "#7d5a3f",
  White: "#eceae4",
};

/**
 * A product's picture: 800 × 800, a soft background, one plain shape in the product's colour. Everything in it is ours.
 * @param color the variant's colour; the product's first one when it is not known
 */
export function drawProduct(product: Product, color: string | undefined): string {
  const main = palette[color ?? ""] ?? must(palette[product.color], `${product.id}: its colour is in the palette`);
  const shape = must(drawings.get(product.shape), `${product.id}: its shape is drawn`);
  // Something pale on a pale ground would vanish.
  const background = isPale(main) ? "#dcd5c8" : mix(main, "#f6f2ea", 0.84);
  const picture = shape
    .replaceAll("{c}", main)
    .replaceAll("{d}", mix(main, "#241f1c", 0.34))
    .replaceAll("{l}", mix(main, "#ffffff", 0.5));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800" role="img" aria-label="${escapeXml(product.title)}">` +
    `<defs><radialGradient id="b" cx="50%" cy="42%" r="75%"><stop offset="0" stop-color="${mix(background, "#ffffff", 0.55)}"/>` +
    `<stop offset="1" stop-color="${mix(background, main, 0.12)}"/></radialGradient></defs>` +
    `<rect width="800" height="800" fill="url(#b)"/><ellipse cx="400" cy="682" rx="235" ry="22" fill="#2b2320" opacity=".09"/>` +
    `${picture}${product.shape === "book" ? bookTitle(product, mix(main, "#ffffff", 0.82)) : ""}</svg>`
  );
}

function bookTitle(product: Product, color: string): string {
  const lines = wrap(product.title, 14);
  const size = lines.length > 3 ? 30 : 36;
  const title = lines
    .map((line, index) => `<text x="428" y="${280 + index * (size + 8)}" font-size="${size}">${escapeXml(line)}</text>`)
    .join("");
  return (
    `<g fill="${color}" text-anchor="middle" font-family="Georgia, 'Times New Roman', serif">${title}` +
    `<text x="428" y="575" font-size="22" letter-spacing="2">${escapeXml(product.brand)}</text></g>`
  );
}

function wrap(text: string, widthMax: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < widthMax) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** `part` of `other`, the rest of `color`; both "#rrggbb". */
function mix(color: string, other: string, part: number): string {
  const channel = (at: number): string => {
    const from = Number.parseInt(color.slice(at, at + 2), 16);
    const to = Number.parseInt(other.slice(at, at + 2), 16);
    return Math.round(from + (to - from) * part)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

function isPale(color: string): boolean {
  return [1, 3, 5].every((at) => Number.parseInt(color.slice(at, at + 2), 16) > 190);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
