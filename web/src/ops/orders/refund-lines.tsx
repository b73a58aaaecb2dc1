"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { Quantity } from "#web/ui/quantity.tsx";
import type { WholeOrder } from "./orders-query.ts";

type RefundLinesProps = {
  readonly items: WholeOrder["order"]["items"];
  readonly quantities: Readonly<Record<number, number>>;
  readonly onChange: (quantities: Readonly<Record<number, number>>) => void;
  readonly withShipping: boolean;
  readonly onShipping: (withShipping: boolean) => void;
};

/** How many of which line, and whether the delivery too. */
export function RefundLines({ items, quantities, onChange, withShipping, onShipping }: RefundLinesProps) {
  const t = useTranslations("ops.refund");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t("lines")}</legend>
      {items.map(({ lineNo, title, quantity, refundedQuantity }) => (
        <div key={lineNo} className="flex items-center justify-between gap-3 text-sm">
          <span className="min-w-0 break-words">{title}</span>
          <Quantity
            label={t("quantityOf", { title })}
            value={quantities[lineNo] ?? 0}
            min={0}
            max={quantity - refundedQuantity}
            onChange={(value) => onChange({ ...quantities, [lineNo]: value })}
          />
        </div>
      ))}
      <Checkbox
        label={t("withShipping")}
        checked={withShipping}
        onChange={({ target: { checked } }) => onShipping(checked)}
      />
    </fieldset>
  );
}
