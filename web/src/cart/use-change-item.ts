"use client";

import type { CartItem } from "@muse/contracts/cart";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { changingItem, type Change, type Changed } from "./change-item.ts";

export type ChangeItem = {
  readonly setQuantity: (item: CartItem, quantity: number) => void;
  readonly setVariant: (item: CartItem, variantId: string) => void;
  readonly remove: (item: CartItem) => void;
};

/** Changes are shown at once; a refusal shows again what there is and says why. What is removed can be taken back. */
export function useChangeItem(): ChangeItem {
  const t = useTranslations("cart");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate } = useMutation(
    changingItem({
      client,
      send,
      // Said here and not where it is pressed: with its last line the cart's page is gone before the answer.
      onRemoved: (item) =>
        toast({
          text: t("removed", { title: item.title }),
          action: { label: t("undo"), onPress: () => mutate({ item, isAddedBack: true }) },
        }),
      onRefused: (error, change) => {
        const why = message(error);
        const text = "isAddedBack" in change ? why : t("notChanged", { title: change.item.title, why });
        toast({ text, tone: "bad" });
      },
    }),
  );
  return {
    setQuantity: (item, quantity) => mutate({ item, quantity }),
    setVariant: (item, variantId) => mutate({ item, variantId }),
    remove: (item) => mutate({ item, quantity: 0 }),
  };
}

async function send(change: Change): Promise<Changed> {
  if ("isAddedBack" in change) {
    const { productId, variantId, quantity } = change.item;
    return await call(api.POST("/api/v1/cart/items", { body: { productId, variantId, quantity } }));
  }
  const params = { path: { itemId: change.item.itemId } };
  if ("variantId" in change) {
    return await call(api.PUT("/api/v1/cart/items/{itemId}", { params, body: { variantId: change.variantId } }));
  }
  return await call(api.PATCH("/api/v1/cart/items/{itemId}/quantity", { params, body: { quantity: change.quantity } }));
}
