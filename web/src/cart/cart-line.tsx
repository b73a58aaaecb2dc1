"use client";

import type { CartItem } from "@muse/contracts/cart";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link, QuietLink } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Picture } from "#web/ui/picture.tsx";
import { Price } from "#web/ui/price.tsx";
import { Quantity } from "#web/ui/quantity.tsx";
import { focusAfter, removesLine } from "./focus-after.ts";
import type { ChangeItem } from "./use-change-item.ts";
import { VariantChoice } from "./variant-choice.tsx";

type CartLineProps = { readonly item: CartItem; readonly isDigital: boolean; readonly change: ChangeItem };

/** One item: what it is, how many, what it comes to, and what has happened to it since it was chosen. */
export function CartLine({ item, isDigital, change }: CartLineProps) {
  const t = useTranslations("cart");
  const { title, quantity, quantityMax, available } = item;
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-4 gap-y-3 py-6 sm:grid-cols-[7rem_minmax(0,1fr)] sm:gap-x-6">
      <ToProduct item={item} isPicture>
        <Picture src={item.imageUrl} alt="" sizes="7rem" />
      </ToProduct>
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex items-baseline justify-between gap-x-6">
          <ToProduct item={item}>{title}</ToProduct>
          <span className="figures shrink-0 font-medium">{item.lineTotalDisplay}</span>
        </div>
        <div className="flex flex-wrap items-baseline gap-x-4 text-sm text-muted">
          <VariantChoice item={item} onChoose={(variantId) => change.setVariant(item, variantId)} />
          <span>
            <Price display={item.unitPriceDisplay} originalDisplay={item.originalPriceDisplay} />
            {quantity > 1 && ` ${t("each")}`}
          </span>
        </div>
        <LineNotice item={item} isDigital={isDigital} change={change} />
        <div className="flex flex-wrap items-center gap-4">
          {!isDigital && available && (
            <Quantity
              value={quantity}
              max={quantityMax}
              label={t("quantityOf", { title })}
              onChange={(next) => change.setQuantity(item, next)}
            />
          )}
          <button
            {...removesLine}
            type="button"
            onClick={({ currentTarget, detail }) => {
              focusAfter(currentTarget, detail > 0);
              change.remove(item);
            }}
            onKeyDown={(event) => {
              // Held down, it would go on through the lines after this one.
              if (event.key === "Enter" && event.repeat) event.preventDefault();
            }}
            className="touch text-sm text-muted underline underline-offset-4 hover:text-ink"
          >
            {t("remove")}
            <span className="sr-only"> {title}</span>
          </button>
        </div>
      </div>
    </li>
  );
}

type ToProductProps = { readonly item: CartItem; readonly isPicture?: boolean; readonly children: ReactNode };

/** Its page; what is not sold any more has none. */
function ToProduct({ item: { productId, unavailableReason }, isPicture = false, children }: ToProductProps) {
  const look = isPicture ? {} : { className: "min-w-0 font-medium" };
  if (unavailableReason === "discontinued") return <span {...look}>{children}</span>;
  const aside = isPicture ? { tabIndex: -1, "aria-hidden": true } : {};
  return (
    <QuietLink href={`/products/${productId}`} {...look} {...aside}>
      {children}
    </QuietLink>
  );
}

function LineNotice({ item, isDigital, change }: CartLineProps) {
  const t = useTranslations("cart");
  const { unavailableReason, availableQuantity, priceChanged } = item;
  if (unavailableReason !== null) {
    const left = availableQuantity ?? 0;
    return (
      <Notice role="status" tone="warn" className="flex flex-wrap items-center justify-between gap-3">
        <span>{t(`unavailable.${wordOf(unavailableReason, isDigital)}`, { left })}</span>
        {unavailableReason === "already_purchased" && (
          <Link href="/library" className="touch font-medium">
            {t("toLibrary")}
          </Link>
        )}
        {unavailableReason === "not_enough" && left > 0 && (
          <button
            type="button"
            onClick={() => change.setQuantity(item, left)}
            className="touch font-medium underline underline-offset-4"
          >
            {t("takeLeft", { left })}
          </button>
        )}
      </Notice>
    );
  }
  if (priceChanged === undefined) return null;
  const { fromCents, toCents, fromDisplay: from, toDisplay: to } = priceChanged;
  return (
    <Notice role="status" tone={toCents > fromCents ? "warn" : "good"}>
      {toCents > fromCents ? t("dearer", { from, to }) : t("cheaper", { from, to })}
    </Notice>
  );
}

type Reason = NonNullable<CartItem["unavailableReason"]>;

/** A file is not "out at the store": its seller stopped selling it, or its edition has come to an end. */
function wordOf(reason: Reason, isDigital: boolean) {
  return isDigital && (reason === "sold_out" || reason === "discontinued") ? (`${reason}_digital` as const) : reason;
}
