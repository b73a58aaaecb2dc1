"use client";

import type { CartItem } from "@muse/contracts/cart";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { BareSelect, type SelectOption } from "#web/ui/select.tsx";
import { goesAlong } from "./list-keys.ts";

type VariantChoiceProps = { readonly item: CartItem; readonly onChoose: (variantId: string) => void };

/** Which one of the product it is; pressed, the others are offered. They are read only then. */
export function VariantChoice({ item, onChoose }: VariantChoiceProps) {
  const t = useTranslations("cart");
  const [isOpen, setOpen] = useState(false);
  const [isBack, setBack] = useState(false);
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
        autoFocus={isBack}
        onClick={() => setOpen(true)}
        className="touch underline decoration-edge underline-offset-4 hover:text-ink"
      >
        <span className="sr-only">{t("changeVariant", { title })} </span>
        {words}
      </button>
    );
  }
  return (
    <Offered
      label={t("changeVariant", { title })}
      value={variantId}
      onDone={(wanted, how) => {
        setOpen(false);
        setBack(how !== "left");
        if (wanted !== variantId) onChoose(wanted);
      }}
      options={data.variants.map((variant) => ({
        value: variant.variantId,
        label: [variant.size, variant.color, variant.priceDisplay].filter((part) => part !== null).join(" · "),
        isDisabled: variant.availability === "out_of_stock" && variant.variantId !== variantId,
      }))}
    />
  );
}

type OfferedProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  /** With the old value where nothing else is wanted. */
  readonly onDone: (value: string, how: "chosen" | "given up" | "left") => void;
};

/**
 * What is picked from the open list is taken at once. Keys that only go along it are not: their choice is taken by
 * Enter or by going on, since it is what stands there then, and Escape takes none.
 */
function Offered({ label, value, options, onDone }: OfferedProps) {
  const isStep = useRef(false);
  const isDone = useRef(false);
  // Once: a list that goes away while it has the focus is left, too.
  const finish: OfferedProps["onDone"] = (wanted, how) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(wanted, how);
  };
  const endSteps = (): void => {
    isStep.current = false;
  };
  return (
    <BareSelect
      aria-label={label}
      defaultValue={value}
      autoFocus
      onPointerDown={endSteps}
      onKeyUp={endSteps}
      onKeyDown={(event) => {
        isStep.current = goesAlong(event);
        const standing = event.currentTarget.value;
        if (event.key === "Escape") finish(value, "given up");
        if (event.key !== "Enter" || standing === value) return;
        // Else it would open the list of the choice that it has just made.
        event.preventDefault();
        finish(standing, "chosen");
      }}
      onChange={({ currentTarget }) => {
        if (!isStep.current) finish(currentTarget.value, "chosen");
      }}
      onBlur={({ currentTarget }) => finish(currentTarget.value, "left")}
      options={options}
    />
  );
}
