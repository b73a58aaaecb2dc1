"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useToast } from "#web/ui/toast.tsx";
import { deskKey } from "../queries.ts";
import { sellerKey, type Seller } from "./sellers-query.ts";

/** What follows every decision about a seller: the page shows what the API answered, and says that it is done. */
export function useSellerChange<Wish>(
  sellerId: string,
  send: (wish: Wish) => Promise<Seller>,
  wordsOf: (seller: Seller) => string,
) {
  const client = useQueryClient();
  const toast = useToast();
  const locale = useLocale();
  return useMutation({
    mutationFn: send,
    onSuccess: (seller) => {
      client.setQueryData(sellerKey(sellerId, locale), seller);
      toast({ text: wordsOf(seller) });
    },
    onSettled: () => void client.invalidateQueries({ queryKey: deskKey }),
  });
}
