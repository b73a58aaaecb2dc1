"use client";

import type { CartItem } from "@muse/contracts/cart";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { BareSelect } from "#web/ui/select.tsx";

type VariantChoiceProps = { readonly item: CartItem; readonly onChoose: (variantId: string) => void };

/** Which one of the product it is; pressed, the others are offered. They are read only then. */
export function VariantChoice({ item, onChoose }: VariantChoiceProps) {
  const t = useTranslations("cart");
  const [isOpen, setOpen] = useState(false);
  const { productId, variantId, size, color, title } = item;
  const { data } = useQuery({
    queryKey: ["catalog", "product", productId],
    queryFn: ({ signal }) =>
      call(api.GET("/api/v1/catalog/products/{productId}", { params: { path: { productId } }, signal })),
    enabled: isOpen,
    staleTime: 60_000,
  });
  const words = [size, color].filter((word) => word !== null).join(" · ");
  if (words === "") return null;
  if (!isOpen || data === undefined) {
    return (
      <button
        type="button"
        aria-busy={isOpen || undefined}
        onClick={() => setOpen(true)}
        className="touch underline decoration-edge underline-offset-4 hover:text-ink"
      >
        <span className="sr-only">{t("changeVariant", { title })} </span>
        {words}
      </button>
    );
  }
  return (
    <BareSelect
      aria-label={t("changeVariant", { title })}
      value={variantId}
      autoFocus
      onChange={({ currentTarget }) => {
        setOpen(false);
        if (currentTarget.value !== variantId) onChoose(currentTarget.value);
      }}
      options={data.variants.map((variant) => ({
        value: variant.variantId,
        label: [variant.size, variant.color, variant.priceDisplay].filter((part) => part !== null).join(" · "),
        isDisabled: variant.availability === "out_of_stock" && variant.variantId !== variantId,
      }))}
    />
  );
}
