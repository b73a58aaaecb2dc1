"use client";

import { useTranslations } from "next-intl";
import { useToast } from "#web/ui/toast.tsx";

/** Hands a page of ours on: by the device's own sheet where it has one, else by the clipboard. */
export function useShare(): (path: string, title: string) => Promise<void> {
  const t = useTranslations("checkout.done");
  const toast = useToast();
  return async (path, title) => {
    const url = new URL(path, window.location.origin).href;
    if (typeof navigator.share === "function") {
      await navigator.share({ title, url }).catch(() => undefined);
      return;
    }
    await navigator.clipboard.writeText(url).then(
      () => toast({ text: t("copied") }),
      () => toast({ text: t("notCopied", { url }), tone: "bad" }),
    );
  };
}
