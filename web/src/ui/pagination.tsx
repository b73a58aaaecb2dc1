import { ChevronLeft, ChevronRight } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "./class-names.ts";
import { pageWindow } from "./page-window.ts";

type PaginationProps = {
  /** From 1. */
  readonly current: number;
  readonly last: number;
  /** The address of a page: it is carried by the URL, so that Back and sharing work. */
  readonly hrefOf: (page: number) => string;
};

export function Pagination({ current, last, hrefOf }: PaginationProps) {
  const t = useTranslations("ui");
  if (last <= 1) return null;
  return (
    <nav aria-label={t("pages")} className="flex items-center justify-center gap-1">
      {current > 1 && (
        <NextLink href={hrefOf(current - 1)} rel="prev" className={pageLook} aria-label={t("previous")}>
          <ChevronLeft aria-hidden="true" className="size-4" />
        </NextLink>
      )}
      {pageWindow(current, last).map((page, index) =>
        page === null ? (
          <span key={`gap-${index}`} aria-hidden="true" className="w-6 text-center text-muted">
            …
          </span>
        ) : (
          <NextLink
            key={page}
            href={hrefOf(page)}
            aria-label={t("page", { page })}
            aria-current={page === current ? "page" : undefined}
            className={cn(pageLook, page === current && "bg-sunken font-medium text-ink")}
          >
            {page}
          </NextLink>
        ),
      )}
      {current < last && (
        <NextLink href={hrefOf(current + 1)} rel="next" className={pageLook} aria-label={t("next")}>
          <ChevronRight aria-hidden="true" className="size-4" />
        </NextLink>
      )}
    </nav>
  );
}

const pageLook =
  "figures grid size-11 place-items-center rounded text-sm text-muted transition-colors hover:bg-sunken hover:text-ink";
