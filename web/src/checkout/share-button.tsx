"use client";

import type { Session } from "@muse/contracts/checkout";
import { Share2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { useShare } from "./use-share.ts";

/** Tells others what was bought, never the order: the link is the first product's page. */
export function ShareButton({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout.done");
  const share = useShare();
  const item = session.cartSnapshot.stores[0]?.items[0];
  if (item === undefined) return null;
  return (
    <Button variant="ghost" onClick={() => void share(`/products/${item.productId}`, item.title)}>
      <Share2 aria-hidden="true" className="size-4" />
      {t("share")}
    </Button>
  );
}
