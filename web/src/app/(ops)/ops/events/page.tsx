import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EventsPage } from "#web/ops/events/events-page.tsx";
import { eventsHref, eventsViewOf } from "#web/ops/events/events-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ops");
  return { title: t("title.events"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = eventsViewOf(await searchParams);
  await mustBeAtDesk(eventsHref(view));
  return <EventsPage view={view} />;
}
