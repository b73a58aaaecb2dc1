"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "#web/ui/class-names.ts";
import { Picture } from "#web/ui/picture.tsx";

type GalleryProps = {
  readonly title: string;
  /** The one to begin with first. Drawn anew (`key`) where they are others. */
  readonly pictures: readonly string[];
};

/** One picture large, the others small below it. */
export function Gallery({ title, pictures }: GalleryProps) {
  const t = useTranslations("catalog.product");
  const [shown, setShown] = useState(0);
  return (
    <div className="flex flex-col gap-3">
      <Picture
        src={pictures[shown] ?? null}
        alt={title}
        sizes="(min-width: 64rem) 42rem, 95vw"
        ratio="1/1"
        isFirst
        className="rounded-lg"
      />
      {pictures.length > 1 && (
        <ul aria-label={t("pictures")} className="grid grid-cols-5 gap-3 sm:grid-cols-6">
          {pictures.map((picture, index) => (
            <li key={picture}>
              <button
                type="button"
                aria-label={t("picture", { number: index + 1, count: pictures.length })}
                aria-pressed={index === shown}
                onClick={() => setShown(index)}
                className={cn(
                  "block w-full rounded border-2 border-transparent p-0.5 transition-colors hover:border-edge",
                  index === shown && "border-accent hover:border-accent",
                )}
              >
                <Picture src={picture} alt="" sizes="6rem" className="rounded-sm" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
