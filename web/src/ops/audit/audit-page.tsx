"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { cn } from "#web/ui/class-names.ts";
import { controlLook } from "#web/ui/field.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { deskKey, freshMs, peopleQuery } from "../queries.ts";
import { AuditList } from "./audit-list.tsx";
import { actionKinds, auditHref, type AuditView } from "./audit-view.ts";

const pageSize = 50;

function auditQuery({ subject, action, person, cursor }: AuditView) {
  const query = {
    limit: pageSize,
    ...(subject === null ? {} : { subject }),
    ...(action === null ? {} : { action }),
    ...(person === null ? {} : { accountId: person }),
    ...(cursor === null ? {} : { cursor }),
  };
  return queryOptions({
    queryKey: [...deskKey, "audit", query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/audit", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

/** Everything that anybody did at the desk. Nothing of it is ever changed or deleted. */
export function AuditPage({ view }: { readonly view: AuditView }) {
  const t = useTranslations("ops.audit");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...auditQuery(view), refetchInterval });
  return (
    <DeskPage title={t("title")} tools={<Filters key={view.subject} view={view} />}>
      <p className="text-sm text-muted">{t("body")}</p>
      <Loaded query={query}>
        {({ entries, nextCursor }) => (
          <>
            {entries.length === 0 ? <EmptyState title={t("empty")} /> : <AuditList entries={entries} />}
            <div className="flex justify-center gap-3">
              {view.cursor !== null && (
                <ButtonLink href={auditHref({ ...view, cursor: null })} variant="secondary" size="sm">
                  {t("newest")}
                </ButtonLink>
              )}
              {nextCursor !== null && (
                <ButtonLink href={auditHref({ ...view, cursor: nextCursor })} variant="secondary" size="sm">
                  {t("older")}
                </ButtonLink>
              )}
            </div>
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function Filters({ view }: { readonly view: AuditView }) {
  const t = useTranslations("ops.audit");
  const router = useRouter();
  const { data } = useQuery(peopleQuery);
  const show = (change: Partial<AuditView>): void => router.push(auditHref({ ...view, ...change, cursor: null }));
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
