import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditPage } from "#web/ops/audit/audit-page.tsx";
import { auditHref, auditViewOf } from "#web/ops/audit/audit-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ops");
  return { title: t("title.audit"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = auditViewOf(await searchParams);
  await mustBeAtDesk(auditHref(view));
  return <AuditPage view={view} />;
}
