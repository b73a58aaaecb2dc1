"use client";

import type { SellerProduct, SellerProductBody } from "@muse/contracts/seller";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { ButtonLink, Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { DeleteDraft } from "./delete-draft.tsx";
import { ProductFiles } from "./product-files.tsx";
import { ProductForm } from "./product-form.tsx";
import { State } from "./products-page.tsx";
import { productQuery, sellKey } from "./sell-queries.ts";

/** One product: what it says, its files, and whether it is sold. */
export function ProductPage({ initial }: { readonly initial: SellerProduct }) {
  const t = useTranslations("sell.product");
  const { data: product } = useQuery(productQuery(initial.productId, useLocale(), initial));
  const { save, isSaving, error } = useSaving(product);
  return (
    <div className="flex flex-col gap-10">
      <header className="flex flex-col gap-3">
        <Link href="/sell/products" className="self-start text-sm text-muted">
          {t("back")}
        </Link>
        <div className="flex flex-wrap items-center gap-4">
          <h1 className="text-2xl font-medium">{product.title}</h1>
          <State product={product} />
        </div>
      </header>
      <ProductFiles product={product} />
      <ProductForm
        // What was fixed by publishing is drawn as such.
        key={String(product.isFixed)}
        product={product}
        onSave={save}
        isSaving={isSaving}
        error={error}
      />
      <Shelf product={product} />
    </div>
  );
}

function useSaving({ productId }: SellerProduct) {
  const t = useTranslations("sell.product");
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: SellerProductBody) =>
      call(api.PUT("/api/v1/seller/products/{productId}", { params: { path: { productId } }, body })),
    onSuccess: async () => {
      toast({ text: t("saved") });
      await client.invalidateQueries({ queryKey: sellKey });
    },
  });
  return { save: mutate, isSaving: isPending, error };
}

function Shelf({ product }: { readonly product: SellerProduct }) {
  const t = useTranslations("sell.product");
  const message = useErrorMessage();
  const { move, moving, error } = useShelf(product);
  const { status, hasUnpublishedChanges, productId } = product;
  const isSold = status === "published";
  return (
    <section className="flex flex-col gap-4 border-t border-line pt-8">
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        {(!isSold || hasUnpublishedChanges) && (
          <Button onClick={() => move("publish")} isBusy={moving === "publish"}>
            {t(isSold ? "publishAgain" : "publish")}
          </Button>
        )}
        {status === "draft" && <DeleteDraft product={product} />}
        {isSold && (
          <>
            <ButtonLink href={`/products/${productId}`} variant="secondary">
              {t("see")}
            </ButtonLink>
            <Button variant="ghost" onClick={() => move("withdraw")} isBusy={moving === "withdraw"}>
              {t("withdraw")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

type Move = "publish" | "withdraw";

function useShelf({ productId }: SellerProduct) {
  const t = useTranslations("sell.product");
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (move: Move) => {
      const params = { path: { productId } };
      return move === "publish"
        ? call(api.POST("/api/v1/seller/products/{productId}/publish", { params }))
        : call(api.POST("/api/v1/seller/products/{productId}/withdraw", { params }));
    },
    onSuccess: async (_, move) => {
      toast({ text: t(move === "publish" ? "published" : "withdrawn") });
      await client.invalidateQueries({ queryKey: sellKey });
    },
  });
  return { move: mutate, moving: isPending ? variables : null, error };
}
