"use client";

import { useTranslations } from "next-intl";
import { LineChart } from "#web/ui/line-chart.tsx";
import type { Bucket, Overview, Series } from "./figures-query.ts";
import { useFormat } from "./use-format.ts";

type ChartsProps = { readonly series: Series; readonly overview: Overview };

/** The same figures over time, and what the queue did. */
export function Charts(props: ChartsProps) {
  return (
    <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
      <PlacementCharts {...props} />
      <CheckoutCharts {...props} />
      <QueueCharts {...props} />
      <ValueCharts {...props} />
    </div>
  );
}

/** What all charts of a series share. */
function useSeries({ buckets, bucketSeconds }: Series) {
  const t = useTranslations("ops.figures");
  const format = useFormat();
  const labels = buckets.map(({ at }) => format.bucket(at, bucketSeconds));
  const line = (name: string, of: (bucket: Bucket) => number | null) => ({ name, values: buckets.map(of) });
  const said = (value: number | null, write: (value: number) => string): string =>
    value === null ? "–" : write(value);
  return { t, ...format, labels, line, said };
}

function PlacementCharts({ series, overview: { placements } }: ChartsProps) {
  const { t, percent, seconds, labels, line, said } = useSeries(series);
  return (
    <>
      <LineChart
        title={t("chart.placement")}
        labels={labels}
        format={percent}
        topLeast={1}
        figure={said(placements.successRate, percent)}
        target={{ value: 0.95, name: t("aim", { aim: "95 %" }) }}
        lines={[line(t("chart.placement"), (each) => each.placements.successRate)]}
      />
      <LineChart
        title={t("chart.timeToPlace")}
        labels={labels}
        format={seconds}
        lines={[
          line(t("median"), (each) => each.placements.medianSecondsToPlace),
          line(t("slowest"), (each) => each.placements.p95SecondsToPlace),
        ]}
      />
    </>
  );
}

function CheckoutCharts({ series, overview: { checkout, payments } }: ChartsProps) {
  const { t, percent, seconds, count, labels, line, said } = useSeries(series);
  return (
    <>
      <LineChart
        title={t("chart.completion")}
        labels={labels}
        format={percent}
        topLeast={1}
        figure={said(checkout.completionRate, percent)}
        target={{ value: 0.8, name: t("aim", { aim: "80 %" }) }}
        lines={[line(t("chart.completion"), (each) => each.checkout.completionRate)]}
      />
      <LineChart
        title={t("chart.checkoutTime")}
        labels={labels}
        format={seconds}
        figure={said(checkout.medianSeconds, seconds)}
        target={{ value: 120, name: t("aim", { aim: seconds(120) }) }}
        lines={[line(t("median"), (each) => each.checkout.medianSeconds)]}
      />
      <LineChart
        title={t("chart.failure")}
        labels={labels}
        format={percent}
        topLeast={0.05}
        figure={said(payments.failureRate, percent)}
        target={{ value: 0.02, name: t("aim", { aim: "2 %" }) }}
        lines={[line(t("chart.failure"), (each) => each.payments.failureRate)]}
      />
      <LineChart
        title={t("chart.multiStore")}
        labels={labels}
        format={percent}
        topLeast={1}
        figure={said(checkout.multiStoreShare, percent)}
        lines={[line(t("chart.multiStore"), (each) => each.checkout.multiStoreShare)]}
      />
      <LineChart
        title={t("chart.checkouts")}
        labels={labels}
        format={count}
        topLeast={5}
        figure={count(checkout.paid)}
        lines={[line(t("paid"), (each) => each.checkout.paid), line(t("started"), (each) => each.checkout.started)]}
      />
    </>
  );
}

function QueueCharts({ series, overview: { manualQueue } }: ChartsProps) {
  const { t, seconds, count, labels, line } = useSeries(series);
  return (
    <>
      <LineChart
        title={t("chart.queue")}
        labels={labels}
        format={count}
        topLeast={5}
        figure={count(manualQueue.depth)}
        lines={[line(t("depth"), (each) => each.queue.depth), line(t("opened"), (each) => each.queue.opened)]}
      />
      <LineChart
        title={t("chart.queueAge")}
        labels={labels}
        format={seconds}
        topLeast={600}
        figure={seconds(manualQueue.oldestAgeSeconds)}
        lines={[
          line(t("oldest"), (each) => each.queue.oldestAgeSeconds),
          line(t("toClose"), (each) => each.queue.medianSecondsToClose),
        ]}
      />
    </>
  );
}

/** What an order came to, in each currency that was sold in. */
function ValueCharts({ series, overview: { orderValues } }: ChartsProps) {
  const { t, money, labels, line } = useSeries(series);
  return orderValues.map(({ currency, averageOrderDisplay }) => (
    <LineChart
      key={currency}
      title={t("chart.value", { currency })}
      labels={labels}
      format={(cents) => money(cents, currency)}
      figure={averageOrderDisplay}
      lines={[
        line(t("average"), (each) => {
          const value = each.orderValues.find((one) => one.currency === currency);
          return value === undefined || value.orders === 0 ? null : value.averageOrderCents;
        }),
      ]}
    />
  ));
}
