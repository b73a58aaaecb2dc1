/** How wide a picture is made, in pixels: of a thumbnail, a tile, a page's one picture, on screens of one to three. */
export const pictureWidths = [96, 192, 384, 640, 828, 1200, 1600] as const;

export const pictureQuality = 75;

/** For who knows no `srcset`: wide enough for a page's one picture. */
const anyWidth = 828;

type PictureSource = { readonly sizes?: string; readonly srcSet?: string; readonly src: string };

/**
 * Where a browser gets a picture from, as attributes of `<img>`: resized by the shop's own server (`next.config.ts`
 * allows these widths), a drawing as it is.
 */
export function pictureSource(src: string, sizes: string): PictureSource {
  if (src.startsWith("data:") || src.split("?", 1)[0]?.endsWith(".svg") === true) return { src };
  const at = (width: number): string => `/_next/image?url=${encodeURIComponent(src)}&w=${width}&q=${pictureQuality}`;
  return { sizes, srcSet: pictureWidths.map((width) => `${at(width)} ${width}w`).join(", "), src: at(anyWidth) };
}
