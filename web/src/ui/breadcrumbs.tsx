import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QuietLink } from "./link.tsx";

type Crumb = { readonly label: ReactNode; readonly href?: string };

/** Where this page hangs. The last entry is the page itself and goes nowhere. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={t("youAreHere")}>
      <ol className="flex flex-wrap items-center gap-x-2.5 text-sm text-muted">
        {crumbs.map(({ label, href }, index) => (
          <li
            key={index}
            className="flex items-center gap-2.5 not-first:before:text-edge not-first:before:content-['/']"
          >
            {href === undefined ? (
              <span aria-current="page" className="text-ink">
                {label}
              </span>
            ) : (
              <QuietLink href={href} className="touch hover:text-ink">
                {label}
              </QuietLink>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
