"use client";

import NextLink from "next/link";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export type Column<Row> = {
  readonly key: string;
  readonly title: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the end, under each other. */
  readonly align?: "end";
  /** The width from which the column is shown; below it, the first column's second line says what matters of it. */
  readonly from?: "sm" | "md" | "lg" | "xl";
  readonly className?: string;
};

type DataTableProps<Row> = {
  /** What the table holds, for whoever hears it. */
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Where a row leads; the whole row is the link's target. */
  readonly hrefOf?: (row: Row) => string;
  /** The row that keys act on. */
  readonly current?: string | null;
  readonly onCurrent?: (key: string) => void;
  readonly className?: string;
};

/** Many like things under each other, dense and still. Rows are reached by Tab, or by keys of the page. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, keyOf, hrefOf, current = null, onCurrent, className } = props;
  return (
    <div className={cn("overflow-x-auto rounded border border-line bg-surface", className)}>
      <table className="w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {columns.map(({ key, title, align, from }) => (
              <th key={key} scope="col" className={cn(cellLook, "py-2 font-normal", endLook(align), fromLook(from))}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line" style={{ verticalAlign: "top" }}>
          {rows.map((row) => (
            <Line
              key={keyOf(row)}
              id={keyOf(row)}
              row={row}
              columns={columns}
              href={hrefOf?.(row)}
              isCurrent={keyOf(row) === current}
              onCurrent={onCurrent}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type LineProps<Row> = Pick<DataTableProps<Row>, "columns"> & {
  readonly onCurrent: ((key: string) => void) | undefined;
  readonly id: string;
  readonly row: Row;
  readonly href: string | undefined;
  readonly isCurrent: boolean;
};

function Line<Row>({ id, row, columns, href, isCurrent, onCurrent }: LineProps<Row>) {
  return (
    <tr
      data-row={id}
      data-current={isCurrent || undefined}
      onFocus={() => onCurrent?.(id)}
      className={cn(
        "relative transition-colors has-[a:hover]:bg-sunken",
        isCurrent && "bg-accent-soft has-[a:hover]:bg-accent-soft",
      )}
    >
      {columns.map(({ key, cell, align, from, className }, index) => {
        const look = cn(cellLook, "py-2.5", endLook(align), fromLook(from), className);
        if (index > 0) {
          return (
            <td key={key} className={look}>
              {cell(row)}
            </td>
          );
        }
        return (
          <th key={key} scope="row" className={cn(look, "font-normal")}>
            {href === undefined ? (
              cell(row)
            ) : (
              <NextLink
                href={href}
                prefetch={false}
                data-row-link
                className="block rounded-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
              >
                {cell(row)}
              </NextLink>
            )}
          </th>
        );
      })}
    </tr>
  );
}

const cellLook = "px-2 text-left first:pl-3 last:pr-3 sm:px-3 sm:first:pl-4 sm:last:pr-4";

const endLook = (align: "end" | undefined): string => (align === "end" ? "figures text-right whitespace-nowrap" : "");

const fromLook = (from: Column<never>["from"]): string => (from === undefined ? "" : hiddenBelow[from]);

const hiddenBelow = {
  sm: "max-sm:hidden",
  md: "max-md:hidden",
  lg: "max-lg:hidden",
  xl: "max-xl:hidden",
} as const;
