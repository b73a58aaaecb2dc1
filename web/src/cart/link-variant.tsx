"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { ErrorState } from "#web/ui/error-state.tsx";
import { QuietLink } from "#web/ui/link.tsx";
import { Picture } from "#web/ui/picture.tsx";
import { Select } from "#web/ui/select.tsx";

type LinkVariantProps = {
  readonly productId: string;
  readonly onAdd: (variantId: string) => void;
  readonly isAdding: boolean;
};

/** The page was read, and sells several: which one. */
export function LinkVariant({ productId, onAdd, isAdding }: LinkVariantProps) {
  const t = useTranslations("cart.link");
  const [chosen, setChosen] = useState("");
  const { data, error, refetch } = useQuery({
    queryKey: ["catalog", "product", productId],
    queryFn: ({ signal }) =>
      call(api.GET("/api/v1/catalog/products/{productId}", { params: { path: { productId } }, signal })),
    staleTime: 60_000,
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  // Its place is kept while it is read.
  if (data === undefined) return <div className="min-h-32 rounded-lg bg-sunken" />;
  const variants = data.variants.map((variant) => ({
    value: variant.variantId,
    label: [variant.size, variant.color, variant.priceDisplay].filter((part) => part !== null).join(" · "),
    isDisabled: variant.availability === "out_of_stock",
  }));
  return (
    <div className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-4 rounded-lg border border-line bg-surface p-4 sm:p-6">
      <Picture src={data.images[0]?.url ?? null} alt="" sizes="5rem" />
      <div className="flex min-w-0 flex-col gap-3">
        <QuietLink href={`/products/${productId}`} className="font-medium">
          {data.title}
        </QuietLink>
        <div className="flex flex-col gap-3 sm:flex-row sm:items-end">
          <Select
            label={t("which")}
            isRequired
            value={chosen}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            options={[{ value: "", label: t("choose"), isDisabled: true }, ...variants]}
            className="min-w-0 grow"
          />
          <Button isBusy={isAdding} disabled={chosen === ""} onClick={() => onAdd(chosen)} className="min-h-12">
            {t("addThis")}
          </Button>
        </div>
      </div>
    </div>
  );
}
