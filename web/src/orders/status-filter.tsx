import type { OrderStatus } from "@muse/contracts/order";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "#web/ui/class-names.ts";
import { hrefOf, orderStatuses } from "./orders-view.ts";

export type StatusCounts = Readonly<Partial<Record<OrderStatus, number>>>;

type StatusFilterProps = { readonly current: OrderStatus | null; readonly counts: StatusCounts };

/** One link for each way an order can stand that there is an order for; the address carries the choice. */
export function StatusFilter({ current, counts }: StatusFilterProps) {
  const t = useTranslations("orders");
  const shown = orderStatuses.filter((status) => (counts[status] ?? 0) > 0 || status === current);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <nav aria-label={t("filter")} className="-mx-1 overflow-x-auto px-1 py-1">
      <ul className="flex w-max gap-2 sm:w-auto sm:flex-wrap">
        <Choice href="/orders" label={t("all")} count={all} isCurrent={current === null} />
        {shown.map((status) => (
          <Choice
            key={status}
            href={hrefOf({ status, page: 1 })}
            label={t(`status.${status}`)}
            count={counts[status] ?? 0}
            isCurrent={status === current}
          />
        ))}
      </ul>
    </nav>
  );
}

type ChoiceProps = {
  readonly href: string;
  readonly label: string;
  readonly count: number;
  readonly isCurrent: boolean;
};

function Choice({ href, label, count, isCurrent }: ChoiceProps) {
  return (
    <li>
      <NextLink
        href={href}
        aria-current={isCurrent ? "page" : undefined}
        className={cn(
          "inline-flex min-h-11 items-center gap-2 rounded-full border px-4 text-sm whitespace-nowrap transition-colors",
          "focus-visible:rounded-full",
          isCurrent
            ? "border-accent bg-accent-soft font-medium text-accent"
            : "border-line bg-surface hover:border-edge",
        )}
      >
        {label}
        <span className={cn("figures text-xs", !isCurrent && "text-muted")}>{count}</span>
      </NextLink>
    </li>
  );
}
