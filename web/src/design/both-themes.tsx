import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** The same in light and in dark, whatever the visitor chose: the colours follow the scheme of what they stand in. */
export function BothThemes({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("design");
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      {(["light", "dark"] as const).map((scheme) => (
        <div
          key={scheme}
          style={{ colorScheme: scheme }}
          className="rounded-lg border border-line bg-paper p-6 text-ink"
        >
          <p className="pb-5 text-xs text-muted">{t(scheme)}</p>
          <div className="flex flex-col gap-5">{children}</div>
        </div>
      ))}
    </div>
  );
}
