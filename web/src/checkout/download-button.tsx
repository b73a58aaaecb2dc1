"use client";

import { waiverVersion, waiverWords } from "@muse/contracts/withdrawal-waiver";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isLocale } from "#web/i18n/locale.ts";
import { Button } from "#web/ui/button.tsx";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";

type DownloadButtonProps = { readonly productId: string; readonly orderId: string; readonly title: string };

const libraryKey = ["library"] as const;

/** The files of something owned. Before the first download its buyer agrees that the right to withdraw ends with it. */
export function DownloadButton({ productId, orderId, title }: DownloadButtonProps) {
  const t = useTranslations("checkout.digital");
  const message = useErrorMessage();
  const locale = useLocale();
  const language = isLocale(locale) ? locale : "en";
  const client = useQueryClient();
  const [isAgreed, setAgreed] = useState(false);
  const { data: library } = useQuery({ queryKey: libraryKey, queryFn: () => call(api.GET("/api/v1/library")) });
  const owned = library?.items.find(({ museOrderNumber }) => museOrderNumber === orderId);
  const isOpen = owned?.waiver.state === "open";
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (isOpen) {
        const params = { path: { orderNumber: orderId } };
        await call(
          api.PUT("/api/v1/library/{orderNumber}/waiver", { params, body: { version: waiverVersion, language } }),
        );
        await client.invalidateQueries({ queryKey: libraryKey });
      }
      return await call(api.GET("/api/products/{id}/download", { params: { path: { id: productId } } }));
    },
    onSuccess: ({ files }) => {
      for (const { url, fileName } of files) follow(url, fileName);
    },
  });
  return (
    <div className="flex basis-full flex-col items-start gap-3">
      {isOpen && (
        <Checkbox
          label={waiverWords[language]}
          checked={isAgreed}
          onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
        />
      )}
      <Button
        aria-label={t("downloadOf", { title })}
        isBusy={isPending}
        disabled={owned === undefined || (isOpen && !isAgreed)}
        onClick={() => mutate()}
      >
        <Download aria-hidden="true" className="size-4" />
        {t("download")}
      </Button>
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
    </div>
  );
}

/** As if the reader had pressed the link: the answer says itself that it is a file to keep. */
function follow(url: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
}
