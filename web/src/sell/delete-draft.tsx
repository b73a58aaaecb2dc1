"use client";

import type { SellerProduct } from "@muse/contracts/seller";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { focusListTitle } from "./list-title.ts";
import { productsKey, sellKey } from "./sell-queries.ts";

/** The way to be rid of a draft: asked once more, as its files go with it, and back to the list. */
export function DeleteDraft({ product }: { readonly product: SellerProduct }) {
  const t = useTranslations("sell.deleteDraft");
  const message = useErrorMessage();
  const [isAsking, setAsking] = useState(false);
  const { remove, isRemoving, error } = useRemoving(product.productId);
  return (
    <>
      <Button variant="ghost" onClick={() => setAsking(true)}>
        {t("open")}
      </Button>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("title")}
        description={t("body")}
        actions={
          <>
            <Button variant="danger" onClick={() => remove()} isBusy={isRemoving}>
              {t("confirm")}
            </Button>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t("keep")}
            </Button>
          </>
        }
      >
        <p className="rounded bg-sunken px-4 py-3 text-sm break-words">{product.title}</p>
        {error !== null && (
          <Notice role="alert" tone="bad">
            {message(error)}
          </Notice>
        )}
      </Dialog>
    </>
  );
}

function useRemoving(productId: string) {
  const t = useTranslations("sell.deleteDraft");
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => call(api.DELETE("/api/v1/seller/products/{productId}", { params: { path: { productId } } })),
    onSuccess: async () => {
      toast({ text: t("done") });
      // The list alone: the product's own page is still there, and would ask for what is gone.
      await client.invalidateQueries({ queryKey: productsKey });
      focusListTitle();
      router.push("/sell/products");
    },
    // It may have been published in another window.
    onError: () => client.invalidateQueries({ queryKey: sellKey }),
  });
  // Once it is gone the page is on its way out.
  return { remove: mutate, isRemoving: isPending || isSuccess, error };
}
