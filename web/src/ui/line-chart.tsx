"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { chartHeight, chartWidth, dotsOf, pathOf, scaleTop } from "./chart-shape.ts";
import { cn } from "./class-names.ts";

export type ChartLine = { readonly name: string; readonly values: readonly (number | null)[] };

type LineChartProps = {
  readonly title: string;
  /** What it stands at now, or over the whole span; beside the title. */
  readonly figure?: ReactNode;
  /** Names of the points, from left to right; as many as each line has values. */
  readonly labels: readonly string[];
  /** The second one is drawn fainter, behind the first. */
  readonly lines: readonly [ChartLine] | readonly [ChartLine, ChartLine];
  readonly format: (value: number) => string;
  /** The scale reaches at least so far. */
  readonly topLeast?: number;
  /** What it should reach, or stay below. */
  readonly target?: { readonly value: number; readonly name: string };
  readonly className?: string;
};

/** How something went over time. Drawn for eyes; the same numbers are in a table below it, for everybody. */
export function LineChart(props: LineChartProps) {
  const { title, figure, labels, lines, format, topLeast = 0, target, className } = props;
  const t = useTranslations("ui.chart");
  const [at, setAt] = useState<number | null>(null);
  const every = lines.flatMap(({ values }) => values);
  const top = scaleTop([...every, target?.value ?? null], topLeast);
  const hasAny = every.some((value) => value !== null);
  return (
    <figure className={cn("flex min-w-0 flex-col gap-3 rounded border border-line bg-surface p-4", className)}>
      <figcaption className="flex min-h-6 flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{title}</span>
        <span className="figures text-muted">
          {at === null ? figure : `${labels[at] ?? ""}: ${textAt(lines, at, format)}`}
        </span>
      </figcaption>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-xs text-muted" aria-hidden="true">
        <div className="figures flex h-32 flex-col justify-between text-right">
          <span className="-mt-2">{format(top)}</span>
          <span className="-mb-2">{format(0)}</span>
        </div>
        <div className="relative h-32 border-y border-line" onPointerLeave={() => setAt(null)}>
          <Drawing lines={lines} top={top} target={target?.value} />
          {!hasAny && <span className="absolute inset-0 grid place-items-center">{t("nothing")}</span>}
          <div className="absolute inset-0 flex">
            {labels.map((label, index) => (
              <span
                key={label}
                onPointerEnter={() => setAt(index)}
                className={cn("grow", at === index && "border-l border-edge")}
              />
            ))}
          </div>
        </div>
        <span />
        <div className="figures flex justify-between pt-1">
          <span>{labels[0]}</span>
          <span>{labels.at(-1)}</span>
        </div>
      </div>
      {(lines.length > 1 || target !== undefined) && <Legend lines={lines} target={target?.name} />}
      <Table title={title} labels={labels} lines={lines} format={format} />
    </figure>
  );
}

type DrawingProps = {
  readonly lines: LineChartProps["lines"];
  readonly top: number;
  readonly target: number | undefined;
};

function Drawing({ lines, top, target }: DrawingProps) {
  const height = target === undefined ? null : chartHeight - (target / top) * chartHeight;
  return (
    <svg
      viewBox={`0 0 ${chartWidth} ${chartHeight}`}
      preserveAspectRatio="none"
      fill="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      {height !== null && (
        <path
          d={`M0 ${height}H${chartWidth}`}
          className="stroke-edge"
          strokeDasharray="4 4"
          vectorEffect="non-scaling-stroke"
        />
      )}
      {lines.toReversed().map(({ name, values }, index) => {
        const isFirst = index === lines.length - 1;
        const look = {
          className: isFirst ? "stroke-accent" : "stroke-edge",
          vectorEffect: "non-scaling-stroke",
        } as const;
        return (
          <g key={name} strokeLinecap="round" strokeLinejoin="round">
            <path d={pathOf(values, top)} strokeWidth={isFirst ? 2 : 1.5} {...look} />
            <path d={dotsOf(values, top)} strokeWidth={isFirst ? 6 : 5} {...look} />
          </g>
        );
      })}
    </svg>
  );
}

function Legend({ lines, target }: { readonly lines: readonly ChartLine[]; readonly target: string | undefined }) {
  return (
    <ul aria-hidden="true" className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      {lines.map(({ name }, index) => (
        <li key={name} className="flex items-center gap-2">
          <span className={cn("h-0.5 w-4", index === 0 ? "bg-accent" : "bg-edge")} />
          {name}
        </li>
      ))}
      {target !== undefined && (
        <li className="flex items-center gap-2">
          <span className="w-4 border-t border-dashed border-edge" />
          {target}
        </li>
      )}
    </ul>
  );
}

type TableProps = Pick<LineChartProps, "title" | "labels" | "lines" | "format">;

function Table({ title, labels, lines, format }: TableProps) {
  const t = useTranslations("ui.chart");
  return (
    <details className="text-xs text-muted">
      <summary className="touch inline-block rounded-sm underline decoration-edge underline-offset-4">
        {t("asTable")}
        <span className="sr-only">: {title}</span>
      </summary>
      <div className="mt-2 max-h-56 overflow-y-auto" role="region" aria-label={title} tabIndex={0}>
        <table className="figures w-full text-left">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col" className="py-1 font-normal">
                {t("when")}
              </th>
              {lines.map(({ name }) => (
                <th key={name} scope="col" className="py-1 text-right font-normal">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line text-ink">
            {labels.map((label, index) => (
              <tr key={label}>
                <th scope="row" className="py-1 font-normal">
                  {label}
                </th>
                {lines.map(({ name, values }) => (
                  <td key={name} className="py-1 text-right">
                    {said(values[index] ?? null, format)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function textAt(lines: readonly ChartLine[], index: number, format: (value: number) => string): string {
  return lines.map(({ values }) => said(values[index] ?? null, format)).join(" / ");
}

function said(value: number | null, format: (value: number) => string): string {
  return value === null ? "–" : format(value);
}
