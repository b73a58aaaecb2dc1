import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const pairs = new Map(
  [...css.matchAll(/--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, [light, dark] as const],
  ),
);

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function atLeast(ratio: number, front: string, back: string): void {
  for (const [index, theme] of ["light", "dark"].entries()) {
    const found = contrast(pairs.get(front)?.[index] ?? "", pairs.get(back)?.[index] ?? "");
    assert.ok(found >= ratio, `${front} on ${back} is ${found.toFixed(2)} : 1 in the ${theme} theme`);
  }
}

test("words can be read on everything that words stand on, in both themes", () => {
  for (const back of ["paper", "surface", "sunken"]) {
    for (const front of ["ink", "muted", "accent", "good", "warn", "bad"]) atLeast(4.5, front, back);
  }
  for (const tone of ["good", "warn", "bad", "accent"]) atLeast(4.5, tone, `${tone}-soft`);
  atLeast(4.5, "muted", "accent-soft");
  atLeast(4.5, "on-accent", "accent");
  atLeast(4.5, "on-accent", "accent-strong");
});

test("the edges of controls and the focus can be seen", () => {
  for (const back of ["paper", "surface"]) {
    atLeast(3, "edge", back);
    atLeast(3, "focus", back);
  }
});
