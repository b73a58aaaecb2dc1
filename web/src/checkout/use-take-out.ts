"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { openSessionKey } from "./session-query.ts";

export type TakeOut = { readonly itemId: string; readonly quantity: number };

/** Fewer of an item, or none of it, from within the checkout: the cart changes, and the session follows it. */
export function useTakeOut(): { readonly takeOut: (change: TakeOut) => void; readonly isBusy: boolean } {
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate, isPending } = useMutation({
    mutationFn: ({ itemId, quantity }: TakeOut) =>
      call(api.PATCH("/api/v1/cart/items/{itemId}/quantity", { params: { path: { itemId } }, body: { quantity } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: openSessionKey });
      await client.invalidateQueries({ queryKey: ["cart"] });
    },
    onError: (error) => toast({ text: message(error), tone: "bad" }),
  });
  return { takeOut: mutate, isBusy: isPending };
}
