"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ErrorState } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";

type LoadedProps<Data> = {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
  /** Lines to stand in while it comes. */
  readonly lines?: number;
};

/**
 * What was read, or what stands in for it: lines while it comes, a complaint with a way to ask again, and over what was
 * read before a word that it may be old.
 */
export function Loaded<Data>({ query, children, lines = 8 }: LoadedProps<Data>) {
  const t = useTranslations("ops");
  const { data, error, refetch, isFetching } = query;
  if (data === undefined) {
    if (error === null) return <Waiting lines={lines} />;
    return <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} className="py-6" />;
  }
  return (
    <>
      {error !== null && (
        <Notice tone="warn" role="status">
          {t("stale")}
        </Notice>
      )}
      {children(data)}
    </>
  );
}

function Waiting({ lines }: { readonly lines: number }) {
  const t = useTranslations("ui");
  return (
    <div className="flex flex-col gap-px overflow-hidden rounded border border-line bg-surface">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="flex h-13 items-center gap-6 border-b border-line px-4 last:border-b-0">
          <Skeleton className="w-28" />
          <Skeleton className="w-1/3" />
          <Skeleton className="ml-auto w-20" />
        </div>
      ))}
    </div>
  );
}
