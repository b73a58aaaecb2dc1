import NextLink from "next/link";
import type { ReactNode } from "react";

type LinkTabsProps = {
  readonly label: string;
  readonly tabs: readonly { readonly key: string; readonly href: string; readonly title: ReactNode }[];
  readonly current: string;
};

/** Several lists of one page, each at its own address. */
export function LinkTabs({ label, tabs, current }: LinkTabsProps) {
  return (
    <nav aria-label={label} className="flex gap-6 overflow-x-auto border-b border-line">
      {tabs.map(({ key, href, title }) => (
        <NextLink
          key={key}
          href={href}
          aria-current={key === current ? "page" : undefined}
          className="-mb-px inline-flex min-h-10 items-center border-b-2 border-transparent text-sm whitespace-nowrap text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-ink"
        >
          {title}
        </NextLink>
      ))}
    </nav>
  );
}
