import { must } from "#core/assert.ts";

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

/** `#rrggbb` of a colour by its name; the fallback's where the name is not known. */
export function tintOf(name: string | undefined, fallback: string): string {
  return palette[name ?? ""] ?? must(palette[fallback], `${fallback} is in the palette`);
}

/** `part` of `other`, the rest of `color`; both "#rrggbb". */
export function mix(color: string, other: string, part: number): string {
  const channel = (at: number): string => {
    const from = Number.parseInt(color.slice(at, at + 2), 16);
    const to = Number.parseInt(other.slice(at, at + 2), 16);
    return Math.round(from + (to - from) * part)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

export function isPale(color: string): boolean {
  return [1, 3, 5].every((at) => Number.parseInt(color.slice(at, at + 2), 16) > 190);
}

/** Whether dark letters read better on it than light ones. */
export function wantsDarkInk(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return 0.3 * red + 0.59 * green + 0.11 * blue > 160;
}
