"use client";

import type { Order } from "@muse/contracts/order";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { Quantity } from "#web/ui/quantity.tsx";

/** Units by the order's line; a line that is not in it is not asked about. */
export type Wish = Readonly<Record<number, number>>;

type RefundItemsProps = {
  readonly items: Order["items"];
  readonly wish: Wish;
  readonly onChange: (wish: Wish) => void;
  readonly error: string | null;
};

/** What can still be given back, each to be ticked, and how many of it where there are several. */
export function RefundItems({ items, wish, onChange, error }: RefundItemsProps) {
  const t = useTranslations("orders.refundForm");
  const errorId = useId();
  const set = (lineNo: number, quantity: number | null): void => {
    const { [lineNo]: _before, ...others } = wish;
    onChange(quantity === null ? others : { ...others, [lineNo]: quantity });
  };
  return (
    <fieldset aria-describedby={error === null ? undefined : errorId}>
      <legend className="mb-1 text-sm font-medium">{t("items")}</legend>
      <ul className="divide-y divide-line border-y border-line">
        {items.map(({ lineNo, title, color, size, refundableQuantity: max, unitPriceDisplay }) => {
          const chosen = wish[lineNo];
          return (
            <li key={lineNo} className="flex flex-col py-1">
              <Checkbox
                label={title}
                hint={[color, size, unitPriceDisplay].filter(Boolean).join(" · ")}
                checked={chosen !== undefined}
                onChange={({ currentTarget: { checked } }) => set(lineNo, checked ? max : null)}
              />
              {chosen !== undefined && max > 1 && (
                <div className="flex items-center gap-3 pb-3 pl-8 text-sm text-muted">
                  <Quantity
                    value={chosen}
                    max={max}
                    label={t("quantityOf", { title })}
                    onChange={(quantity) => set(lineNo, quantity)}
                  />
                  {t("of", { count: max })}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {error !== null && (
        <p id={errorId} role="alert" className="pt-2 text-xs text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
