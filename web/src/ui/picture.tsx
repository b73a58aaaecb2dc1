import { cn } from "./class-names.ts";
import { Mark } from "./logo.tsx";
import { pictureSource } from "./picture-source.ts";

type PictureProps = {
  /** Null where the catalogue has none: a quiet stand-in is drawn. */
  readonly src: string | null;
  /** What is to be seen; empty where words beside it say it already. */
  readonly alt: string;
  /** How wide it is drawn, as in `<img sizes>`: a browser loads no more than it needs. */
  readonly sizes: string;
  /** Width to height, such as "1/1" (which is left out) or "4/5". */
  readonly ratio?: `${number}/${number}`;
  /** The one picture a page is about: loaded at once, before everything else. */
  readonly isFirst?: boolean;
  readonly className?: string | undefined;
};

const widthPx = 800;

/** A picture that has its place before it has come, in a modern format where it is no drawing already. */
export function Picture({ src, alt, sizes, ratio = "1/1", isFirst = false, className }: PictureProps) {
  const [across = 1, down = 1] = ratio.split("/").map(Number);
  const frame = cn("relative block w-full overflow-hidden rounded bg-sunken", className);
  if (src === null) {
    return (
      <span
        style={{ aspectRatio: ratio }}
        className={cn(frame, "grid place-items-center text-edge")}
        {...(alt === "" ? { "aria-hidden": true } : { role: "img", "aria-label": alt })}
      >
        <Mark className="w-1/4 opacity-40" />
      </span>
    );
  }
  const when = isFirst ? ({ fetchPriority: "high" } as const) : ({ loading: "lazy" } as const);
  return (
    <span style={{ aspectRatio: ratio }} className={frame}>
      <img
        {...when}
        alt={alt}
        width={widthPx}
        height={Math.round((widthPx * down) / across)}
        decoding="async"
        {...pictureSource(src, sizes)}
        className="size-full object-cover text-xs text-muted"
      />
    </span>
  );
}
