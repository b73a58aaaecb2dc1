"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import type { ButtonLook } from "#web/ui/button-look.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { cartMoved } from "./cart-query.ts";

type AddToCartProps = ButtonLook & {
  readonly productId: string;
  /** Null while none is chosen: pressing it then asks for one. */
  readonly variantId: string | null;
  readonly title: string;
  readonly quantity?: number;
  readonly isSoldOut?: boolean;
  readonly onVariantMissing?: () => void;
  readonly className?: string;
};

/** Puts it into the cart and says so, with the way there. */
export function AddToCart(props: AddToCartProps) {
  const { productId, variantId, title, quantity = 1, isSoldOut = false, onVariantMissing, ...look } = props;
  const t = useTranslations("cart");
  const client = useQueryClient();
  const toast = useToast();
  const router = useRouter();
  const message = useErrorMessage();
  const { mutate, isPending } = useMutation({
    mutationFn: (chosen: string) =>
      call(api.POST("/api/v1/cart/items", { body: { productId, variantId: chosen, quantity } })),
    onSuccess: async (added) => {
      toast({ text: t("added", { title }), action: { label: t("view"), onPress: () => router.push("/cart") } });
      await cartMoved(client, added);
    },
    onError: (error) => toast({ text: message(error), tone: "bad" }),
  });
  return (
    <Button
      {...look}
      isBusy={isPending}
      disabled={isSoldOut}
      onClick={() => (variantId === null ? onVariantMissing?.() : mutate(variantId))}
    >
      {isSoldOut ? t("soldOut") : t("add")}
    </Button>
  );
}
