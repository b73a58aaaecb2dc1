"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ErrorState } from "#web/ui/error-state.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";

type LoadedProps<Data> = { readonly query: UseQueryResult<Data>; readonly children: (data: Data) => ReactNode };

/** What was read; lines while it comes, or a complaint with a way to ask again. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  const t = useTranslations("ui");
  const { data, error, refetch, isFetching } = query;
  if (data !== undefined) return children(data);
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return (
    <div className="flex min-h-96 flex-col gap-4">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton key={index} className="h-8 w-full" />
      ))}
    </div>
  );
}
