"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { LinkTabs } from "../parts/link-tabs.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage, Section } from "../parts/page.tsx";
import { Charts } from "./charts.tsx";
import { figuresQuery } from "./figures-query.ts";
import { figuresHref, ranges, type FiguresView } from "./figures-view.ts";
import { OrderValues } from "./order-values.tsx";
import { StoreBars } from "./store-bars.tsx";
import { Targets } from "./targets.tsx";

/** Figures move slowly; nobody waits in front of them. */
const askAgainMs = 60_000;

/** How well the house does: against its targets, over time, and by store and tier. */
export function FiguresPage({ view }: { readonly view: FiguresView }) {
  const t = useTranslations("ops.figures");
  const query = useQuery({ ...figuresQuery(view.range, useLocale()), refetchInterval: askAgainMs });
  return (
    <DeskPage title={t("title")}>
      <LinkTabs
        label={t("range")}
        current={view.range}
        tabs={ranges.map((range) => ({ key: range, href: figuresHref({ range }), title: t(`ranges.${range}`) }))}
      />
      <Loaded query={query}>
        {({ series, overview }) => (
          <div className="flex flex-col gap-8">
            <Targets overview={overview} />
            <Charts series={series} overview={overview} />
            <div className="grid gap-8 xl:grid-cols-2">
              <Section title={t("byStore")}>
                <StoreBars stores={series.stores} />
              </Section>
              <Section title={t("orderValue")}>
                <OrderValues values={overview.orderValues} />
              </Section>
            </div>
          </div>
        )}
      </Loaded>
    </DeskPage>
  );
}
