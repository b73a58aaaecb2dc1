"use client";

import type { Cart, CartItem } from "@muse/contracts/cart";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { cartMoved, cartQuery } from "./cart-query.ts";

export type ChangeItem = {
  readonly setQuantity: (item: CartItem, quantity: number) => void;
  readonly setVariant: (item: CartItem, variantId: string) => void;
  readonly remove: (item: CartItem) => void;
};

type Change =
  | { readonly item: CartItem; readonly quantity: number }
  | { readonly item: CartItem; readonly variantId: string };

/** Changes are shown at once; a refusal puts back what was there and says why. What is removed can be taken back. */
export function useChangeItem(): ChangeItem {
  const t = useTranslations("cart");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate } = useMutation({
    scope: { id: "cart" },
    mutationFn: send,
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: cartQuery.queryKey });
      const before = client.getQueryData(cartQuery.queryKey);
      if (before !== undefined && "quantity" in change) {
        client.setQueryData(cartQuery.queryKey, withQuantity(before, change.item.itemId, change.quantity));
      }
      return before;
    },
    onSuccess: (changed) => cartMoved(client, changed),
    onError: (error, change, before) => {
      client.setQueryData(cartQuery.queryKey, before);
      toast({ text: t("notChanged", { title: change.item.title, why: message(error) }), tone: "bad" });
      if (isApiError(error) && error.status !== 0) void client.invalidateQueries({ queryKey: ["cart"] });
    },
  });
  const addBack = (item: CartItem): void => {
    const { productId, variantId, quantity } = item;
    call(api.POST("/api/v1/cart/items", { body: { productId, variantId, quantity } })).then(
      (added) => cartMoved(client, added),
      (error: unknown) => toast({ text: message(error), tone: "bad" }),
    );
  };
  return {
    setQuantity: (item, quantity) => mutate({ item, quantity }),
    setVariant: (item, variantId) => mutate({ item, variantId }),
    remove: (item) => {
      mutate({ item, quantity: 0 });
      toast({
        text: t("removed", { title: item.title }),
        action: { label: t("undo"), onPress: () => addBack(item) },
      });
    },
  };
}

async function send(change: Change) {
  const params = { path: { itemId: change.item.itemId } };
  if ("variantId" in change) {
    return await call(api.PUT("/api/v1/cart/items/{itemId}", { params, body: { variantId: change.variantId } }));
  }
  return await call(api.PATCH("/api/v1/cart/items/{itemId}/quantity", { params, body: { quantity: change.quantity } }));
}

/** Only what was pressed: sums are the API's to compute, and stay as they were until they come. */
function withQuantity(cart: Cart, itemId: string, quantity: number): Cart {
  const stores = cart.stores
    .map((store) => ({
      ...store,
      items: store.items.flatMap((item) => {
        if (item.itemId !== itemId) return [item];
        return quantity === 0 ? [] : [{ ...item, quantity }];
      }),
    }))
    .filter(({ items }) => items.length > 0);
  return { ...cart, stores };
}
