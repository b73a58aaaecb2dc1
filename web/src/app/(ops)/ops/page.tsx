import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { QueuePage } from "#web/ops/queue/queue-page.tsx";
import { queueHref, queueViewOf } from "#web/ops/queue/queue-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ops");
  return { title: t("title.queue"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = queueViewOf(await searchParams);
  await mustBeAtDesk(queueHref(view));
  return <QueuePage view={view} />;
}
