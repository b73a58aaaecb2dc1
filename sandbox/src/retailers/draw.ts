import { must } from "#core/assert.ts";
import { readTable } from "./goods/read-table.ts";
import type { Product } from "./goods.ts";
import { isPale, mix, tintOf, wantsDarkInk } from "./tint.ts";

/** How a thing is made decides how light falls on it; how it is shown, whether it stands, lies or hangs. */
type Drawing = {
  readonly material: string;
  readonly ground: string;
  /** What of 800 × 800 the shape covers, measured once: each thing fills its picture alike. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly svg: string;
};

const drawings = new Map(readTable("drawings.psv").map((row) => [row["shape"], readDrawing(row)]));
const scenes = new Map(readTable("scenes.psv").map((row) => [row["slug"], must(row["svg"], "a scene is drawn")]));
const motifs = readTable("motifs.psv").map((row) => must(row["svg"], "a motif is drawn"));

/** 1 the thing by itself, 2 nearer, 3 where it belongs. */
export type PictureView = 1 | 2 | 3;

/**
 * A product's picture: 800 × 800, one soft light from the upper left, the thing in its colour. All of it is ours.
 * @param color the variant's colour; the product's first one when it is not known
 */
export function drawProduct(product: Product, color: string | undefined, view: PictureView = 1): string {
  const main = tintOf(color, product.color);
  const drawing = must(drawings.get(product.shape), `${product.id}: its shape is drawn`);
  const shape = drawing.svg + (product.shape === "book" ? bookCover(product, main) : "");
  const thing = shape
    .replaceAll("{c}", main)
    .replaceAll("{d}", mix(main, "#241f1c", 0.34))
    .replaceAll("{l}", mix(main, "#ffffff", 0.46));
  const scene = view === 3 ? scenes.get(product.slug) : undefined;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800" role="img" ` +
    `aria-label="${escapeXml(product.title)}">` +
    `<defs>${gradients(main, view === 2, drawing.ground === "stands")}<g id="t">${thing}</g>` +
    `<mask id="m" style="mask-type:alpha" maskUnits="userSpaceOnUse" x="0" y="0" width="800" height="800">` +
    `<use href="#t"/></mask>${textures[drawing.material] ?? ""}</defs>` +
    `${scene ?? `<rect width="800" height="800" fill="url(#b)"/>`}${placed(drawing, view)}</svg>`
  );
}

/** The thing at its size and place, with the shadow it throws and the light on it. */
function placed(drawing: Drawing, view: PictureView): string {
  const { box, ground, material } = drawing;
  const pose = poseOf(drawing, view);
  const scale = Math.min(pose.room / box.width, pose.room / box.height) * (view === 2 ? nearer : 1);
  const from = { x: -(box.x + box.width / 2), y: -Math.round(box.y + box.height * pose.anchor) };
  const move = `translate(400 ${pose.y}) scale(${scale.toFixed(3)}) translate(${from.x} ${from.y})`;
  const contact = (box.width * scale * 0.46).toFixed(0);
  const shadow = pose.isOnFloor
    ? `<ellipse cx="412" cy="668" rx="${contact}" ry="17" fill="#2b2320" opacity=".34" filter="url(#k)"/>`
    : "";
  const cast = ground === "stands" ? [10, 7, 0.1] : [14, 20, 0.26];
  const texture = material in textures ? `<rect width="800" height="800" fill="url(#x)" mask="url(#m)"/>` : "";
  return (
    `${shadow}<g transform="${move}"><use href="#t" x="${cast[0]}" y="${cast[1]}" opacity="${cast[2]}" filter="url(#s)"/>` +
    `<use href="#t"/>${texture}<rect width="800" height="800" fill="url(#l)" mask="url(#m)"/></g>`
  );
}

const nearer = 2.1;

/** `anchor` is which part of its height comes to `y`; `room` the square that it fills. */
type Pose = { readonly isOnFloor: boolean; readonly room: number; readonly anchor: number; readonly y: number };

function poseOf({ ground }: Drawing, view: PictureView): Pose {
  if (view === 2) return { isOnFloor: false, room: 560, anchor: 0.42, y: 400 };
  const room = view === 3 ? 430 : ground === "stands" ? 540 : 580;
  // What lies in a picture of its own leans in a room.
  if (ground === "stands" || (view === 3 && ground === "lies")) return { isOnFloor: true, room, anchor: 1, y: 670 };
  return { isOnFloor: false, room, anchor: 0.5, y: view === 3 ? 340 : 400 };
}

/** The ground, the light, and the two blurs. */
function gradients(main: string, isNear: boolean, hasFloor: boolean): string {
  const ground = mix(isPale(main) ? "#d3ccc0" : "#efebe4", main, isNear ? 0.16 : 0.07);
  const floor = `<stop offset=".74" stop-color="${ground}"/><stop offset=".8" stop-color="${mix(ground, "#8a7c6a", 0.13)}"/>`;
  return (
    `<linearGradient id="b" x2="0" y2="1"><stop offset="0" stop-color="${mix(ground, "#ffffff", 0.42)}"/>` +
    `${hasFloor && !isNear ? floor : ""}<stop offset="1" stop-color="${mix(ground, "#ffffff", 0.1)}"/></linearGradient>` +
    `<linearGradient id="l" x1=".1" y1=".05" x2=".9" y2=".95"><stop offset="0" stop-color="#fff" stop-opacity=".3"/>` +
    `<stop offset=".42" stop-color="#fff" stop-opacity="0"/><stop offset=".6" stop-color="#1c1512" stop-opacity="0"/>` +
    `<stop offset="1" stop-color="#1c1512" stop-opacity=".3"/></linearGradient>` +
    `<filter id="k" x="-30%" y="-200%" width="160%" height="500%"><feGaussianBlur stdDeviation="11"/></filter>` +
    `<filter id="s" x="-15%" y="-15%" width="130%" height="130%"><feColorMatrix values="0 0 0 0 .12 0 0 0 0 .09 0 0 0 0 .07 0 0 0 1 0"/>` +
    `<feGaussianBlur stdDeviation="10"/></filter>`
  );
}

/** Cloth has a weave and wood a grain, both barely there. */
const textures: Readonly<Record<string, string>> = {
  fabric:
    `<pattern id="x" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(38)">` +
    `<path d="M0 1.500h7" stroke="#fff" stroke-opacity=".13" stroke-width="2"/><path d="M1.500 0v7" stroke="#000" stroke-opacity=".07" stroke-width="2"/></pattern>`,
  wood:
    `<pattern id="x" width="120" height="34" patternUnits="userSpaceOnUse">` +
    `<path d="M0 7q30 -5 60 0t60 0M0 20q30 6 60 0t60 0M0 29q30 -3 60 0t60 0" fill="none" stroke="#3d2612" stroke-opacity=".13" stroke-width="2"/></pattern>`,
  leather:
    `<pattern id="x" width="9" height="9" patternUnits="userSpaceOnUse"><circle cx="2" cy="3" r="1.300" fill="#000" fill-opacity=".09"/>` +
    `<circle cx="7" cy="7" r="1.200" fill="#fff" fill-opacity=".1"/></pattern>`,
};

/** Its title, its author and one of a few motifs: no two neighbours on a shelf look alike. */
function bookCover(product: Product, main: string): string {
  const letters = product.id.split("");
  const mixed = letters.reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  const motif = must(motifs[mixed % motifs.length], "there are motifs");
  const isDark = wantsDarkInk(main);
  const ink = isDark ? mix(main, "#241a12", 0.78) : mix(main, "#fff8e8", 0.86);
  const accent = ["#e3b04b", "#e9dcc0", "#d9806a", "#a9c3b4"][(mixed >> 3) % 4] ?? "#e9dcc0";
  const lines = wrap(product.title, 13);
  const size = lines.length > 3 ? 29 : 34;
  const title = lines
    .map((line, index) => `<text x="428" y="${268 + index * (size + 5)}" font-size="${size}">${escapeXml(line)}</text>`)
    .join("");
  return (
    motif.replaceAll("{a}", isDark ? mix(main, "#4a2f22", 0.5) : accent) +
    `<g fill="${ink}" text-anchor="middle" font-family="Georgia, 'Liberation Serif', 'Times New Roman', serif">${title}` +
    `<text x="428" y="572" font-size="21" letter-spacing="1.500">${escapeXml(product.brand)}</text></g>`
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

function readDrawing(row: Readonly<Record<string, string>>): Drawing {
  const [x = 0, y = 0, width = 1, height = 1] = must(row["box"], "a drawing is measured").split(" ").map(Number);
  return {
    material: must(row["material"], "a drawing is of something"),
    ground: must(row["ground"], "a drawing stands somewhere"),
    box: { x, y, width, height },
    svg: must(row["svg"], "a drawing is drawn"),
  };
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
