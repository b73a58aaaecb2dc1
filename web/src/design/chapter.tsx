import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

export type ChapterName = Parameters<ReturnType<typeof useTranslations<"design.sections">>>[0];

/** A part of the page: its name and its rule at the side, examples beside them. */
export function Chapter({ name, children }: { readonly name: ChapterName; readonly children: ReactNode }) {
  const title = useTranslations("design.sections");
  const hint = useTranslations("design.hints");
  return (
    <section
      aria-labelledby={name}
      className="grid gap-x-12 gap-y-6 border-t border-line py-12 grid-cols-1 lg:grid-cols-[1fr_3fr]"
    >
      <div className="flex flex-col gap-2">
        <h2 id={name} className="text-xl font-medium">
          {title(name)}
        </h2>
        <p className="max-w-[34em] text-sm text-muted">{hint(name)}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-8">{children}</div>
    </section>
  );
}
