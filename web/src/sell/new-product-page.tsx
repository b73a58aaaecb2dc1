"use client";

import type { SellerProductBody } from "@muse/contracts/seller";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { ProductForm } from "./product-form.tsx";
import { sellKey } from "./sell-queries.ts";

/** Begins a product, and goes on to its files. */
export function NewProductPage() {
  const t = useTranslations("sell.product");
  const router = useRouter();
  const client = useQueryClient();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (body: SellerProductBody) => call(api.POST("/api/v1/seller/products", { body })),
    onSuccess: async ({ productId }) => {
      await client.invalidateQueries({ queryKey: sellKey });
      router.push(`/sell/products/${productId}`);
    },
  });
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-2xl font-medium">{t("newTitle")}</h1>
      <ProductForm product={null} onSave={mutate} isSaving={isPending || isSuccess} error={error} />
    </div>
  );
}
