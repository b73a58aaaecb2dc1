"use client";

import type { Session } from "@muse/contracts/checkout";
import { Share2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { useToast } from "#web/ui/toast.tsx";

/** Tells others what was bought, never the order: the link is the first product's page. */
export function ShareButton({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout.done");
  const toast = useToast();
  const item = session.cartSnapshot.stores[0]?.items[0];
  if (item === undefined) return null;
  const share = async (): Promise<void> => {
    const url = new URL(`/products/${item.productId}`, window.location.origin).href;
    if (typeof navigator.share === "function") {
      await navigator.share({ title: item.title, url }).catch(() => undefined);
      return;
    }
    await navigator.clipboard.writeText(url).then(
      () => toast({ text: t("copied") }),
      () => toast({ text: t("notCopied", { url }), tone: "bad" }),
    );
  };
  return (
    <Button variant="ghost" onClick={() => void share()}>
      <Share2 aria-hidden="true" className="size-4" />
      {t("share")}
    </Button>
  );
}
