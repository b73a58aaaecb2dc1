"use client";

import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ErrorState } from "#web/ui/error-state.tsx";
import { cn } from "#web/ui/class-names.ts";
import { controlLook } from "#web/ui/field.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { DeskPage } from "../parts/page.tsx";
import { deskKey, freshMs, peopleQuery } from "../queries.ts";
import { AuditList } from "./audit-list.tsx";
import { actionKinds, auditHref, type AuditView } from "./audit-view.ts";

const pageSize = 50;

function auditQuery({ subject, action, person }: AuditView) {
  const asked = {
    limit: pageSize,
    ...(subject === null ? {} : { subject }),
    ...(action === null ? {} : { action }),
    ...(person === null ? {} : { accountId: person }),
  };
  return infiniteQueryOptions({
    queryKey: [...deskKey, "audit", asked],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? asked : { ...asked, cursor: pageParam };
      return call(api.GET("/api/v1/admin/audit", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: freshMs,
  });
}

/** Everything that anybody did at the desk. Nothing of it is ever changed or deleted. */
export function AuditPage({ view }: { readonly view: AuditView }) {
  const t = useTranslations("ops.audit");
  const refetchInterval = useAskAgainMs();
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...auditQuery(view),
    refetchInterval,
  });
  const entries = data?.pages.flatMap((page) => page.entries);
  return (
    <DeskPage title={t("title")} tools={<Filters key={view.subject} view={view} />}>
      <p className="text-sm text-muted">{t("body")}</p>
      {entries === undefined && error === null && <Skeleton className="h-96 w-full rounded" />}
      {entries === undefined && error !== null && (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      {entries?.length === 0 && <EmptyState title={t("empty")} />}
      {entries !== undefined && entries.length > 0 && <AuditList entries={entries} />}
      {hasNextPage && (
        <Button
          variant="secondary"
          className="self-center"
          isBusy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("older")}
        </Button>
      )}
    </DeskPage>
  );
}

function Filters({ view }: { readonly view: AuditView }) {
  const t = useTranslations("ops.audit");
  const router = useRouter();
  const { data } = useQuery(peopleQuery);
  const show = (change: Partial<AuditView>): void => router.push(auditHref({ ...view, ...change }));
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const subject = new FormData(event.currentTarget).get("subject");
          show({ subject: typeof subject === "string" && subject.trim() !== "" ? subject.trim() : null });
        }}
      >
        <input
          name="subject"
          type="search"
          defaultValue={view.subject ?? ""}
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          aria-label={t("subject")}
          placeholder={t("subject")}
          className={cn(controlLook, "min-h-10 w-56 text-sm")}
        />
      </form>
      <BareSelect
        aria-label={t("action")}
        value={view.action ?? ""}
        onChange={({ target: { value } }) => show({ action: actionKinds.find((each) => each === value) ?? null })}
        className="min-h-10"
        options={[
          { value: "", label: t("allActions") },
          ...actionKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        ]}
      />
      <BareSelect
        aria-label={t("person")}
        value={view.person ?? ""}
        onChange={({ target: { value } }) => show({ person: value === "" ? null : value })}
        className="min-h-10 max-w-48"
        options={[
          { value: "", label: t("everybody") },
          ...(data?.people ?? []).map(({ accountId, name }) => ({ value: accountId, label: name })),
        ]}
      />
    </>
  );
}
