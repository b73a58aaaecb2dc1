"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { cartMoved } from "./cart-query.ts";

type Wanted = { readonly url: string } | { readonly productId: string; readonly variantId: string };

type AddByLinkOptions = { readonly onAdded: () => void; readonly onRefused: (why: string) => void };

/** Adds what a page sells. Where it comes in several sizes or colours, `productId` is there until one is chosen. */
export function useAddByLink({ onAdded, onRefused }: AddByLinkOptions) {
  const t = useTranslations("cart");
  const client = useQueryClient();
  const toast = useToast();
  const router = useRouter();
  const message = useErrorMessage();
  const [productId, setProductId] = useState<string | null>(null);
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (wanted: Wanted) => call(api.POST("/api/v1/cart/items", { body: { ...wanted, quantity: 1 } })),
    onSuccess: async (added) => {
      setProductId(null);
      onAdded();
      const { title } = added.item;
      toast({ text: t("added", { title }), action: { label: t("view"), onPress: () => router.push("/cart") } });
      await cartMoved(client, added);
    },
    onError: (error) => {
      const choices = isApiError(error, "variant_required") ? error.failure.details?.["productId"] : undefined;
      if (typeof choices === "string") setProductId(choices);
      else onRefused(message(error));
    },
  });
  const isLink = variables !== undefined && "url" in variables;
  return {
    addLink: (url: string) => {
      setProductId(null);
      mutate({ url });
    },
    addVariant: (variantId: string) => {
      if (productId !== null) mutate({ productId, variantId });
    },
    productId,
    isReading: isPending && isLink,
    isAdding: isPending && !isLink,
  };
}
