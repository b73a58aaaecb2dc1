import type { ProductView } from "@muse/contracts/catalog";

/** The pictures of a colour, its own before those of all; all of them while none is chosen. */
export function picturesOf({ images, variants, imageUrl }: ProductView, color: string | null): readonly string[] {
  const own = variants.flatMap((variant) =>
    color !== null && variant.color === color && variant.imageUrl !== null && variant.imageUrl !== imageUrl
      ? [variant.imageUrl]
      : [],
  );
  const ofColor = images.filter((image) => color !== null && image.color === color).map(({ url }) => url);
  const ofAll = images.filter((image) => color === null || image.color === null).map(({ url }) => url);
  return [...new Set([...own, ...ofColor, ...ofAll])];
}
