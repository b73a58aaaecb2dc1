import assert from "node:assert/strict";
import { test } from "node:test";
import { getImageProps } from "next/image.js";
import { pictureSource, pictureWidths } from "./picture-source.ts";

test("a photograph comes in every width, at the address that Next's own component would name", () => {
  const photograph = "/a b.jpg?of=1&size=2";
  const { srcSet = "", sizes, src } = pictureSource(photograph, "50vw");
  assert.equal(sizes, "50vw");
  const ours = srcSet.split(", ");
  assert.deepEqual(
    ours.map((source) => Number(source.split(" ").at(-1)?.replace("w", ""))),
    [...pictureWidths],
  );
  const { props } = getImageProps({ src: photograph, alt: "", width: 800, height: 800, sizes: "50vw" });
  const alike = props.srcSet?.split(", ").filter((source) => ours.includes(source)) ?? [];
  assert.deepEqual(
    alike.map((source) => source.split(" ").at(-1)),
    ["384w", "640w", "828w", "1200w"],
  );
  assert.ok(ours.some((source) => source.startsWith(`${src} `)));
});

test("a drawing is taken as it is", () => {
  for (const drawing of ["https://pictures.example.com/a.svg?v=1", "data:image/png;base64,AAAA"]) {
    assert.deepEqual(pictureSource(drawing, "50vw"), { src: drawing });
  }
});
