import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QuietLink } from "./link.tsx";

type Crumb = { readonly label: ReactNode; readonly href?: string };

/**
 * Where this page hangs, on one line: the last entry is the page itself, goes nowhere, and gives way where there is no
 * room, as its whole name stands below.
 */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={t("youAreHere")}>
      <ol className="flex items-center gap-x-2.5 text-sm whitespace-nowrap text-muted">
        {crumbs.map(({ label, href }, index) => (
          <li
            key={index}
            className="flex items-center gap-2.5 last:min-w-0 not-first:before:text-edge not-first:before:content-['/']"
          >
            {href === undefined ? (
              <span aria-current="page" className="truncate text-ink">
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
