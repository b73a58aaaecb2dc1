"use client";

import type { Order } from "@muse/contracts/order";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";

/** Puts an order's lines into the cart once more, as far as they are still to be had, and says how far that was. */
export function useBuyAgain({ items }: Order): { readonly buy: () => void; readonly isBusy: boolean } {
  const t = useTranslations("orders.actions");
  const client = useQueryClient();
  const toast = useToast();
  const router = useRouter();
  const message = useErrorMessage();
  const { mutate, isPending } = useMutation({
    mutationFn: () => {
      const wanted = items.map(({ productId, variantId, quantity }) => ({ productId, variantId, quantity }));
      return call(api.POST("/api/v1/cart/items/batch", { body: { items: wanted, partial: true, merge: false } }));
    },
    onSuccess: async ({ results }) => {
      const gone = results.filter(({ added }) => !added).map(({ index }) => items[index]?.title ?? "");
      const count = results.length - gone.length;
      if (count === 0) return toast({ text: t("addedNone"), tone: "bad" });
      toast({
        text: gone.length === 0 ? t("addedCount", { count }) : t("addedSome", { count, titles: gone.join(", ") }),
        action: { label: t("viewCart"), onPress: () => router.push("/cart") },
      });
      await client.invalidateQueries({ queryKey: ["cart"] });
    },
    onError: (error) => toast({ text: message(error), tone: "bad" }),
  });
  return { buy: () => mutate(), isBusy: isPending };
}
