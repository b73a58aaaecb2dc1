"use client";

import type { LibraryItem } from "@muse/contracts/library";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { libraryQuery } from "./library-query.ts";
import { useDownload } from "./use-download.ts";
import { WaiverQuestion } from "./waiver-question.tsx";

/** What an order gave, as the reader's library has it; null where it is not theirs, or not any more. */
export function useOwned(orderNumber: string): { readonly item: LibraryItem | null; readonly error: unknown } {
  const { data, error } = useQuery(libraryQuery(useLocale()));
  return { item: data?.find(({ museOrderNumber }) => museOrderNumber === orderNumber) ?? null, error };
}

type DownloadButtonProps = { readonly item: LibraryItem | null; readonly title: string };

/** All files of something owned, by one press; its place is kept while it is looked up. */
export function DownloadButton({ item, title }: DownloadButtonProps) {
  const t = useTranslations("library");
  const look = (
    <>
      <Download aria-hidden="true" className="size-4" />
      {t("download")}
    </>
  );
  const label = t("downloadAll", { name: title });
  if (item === null) {
    return (
      <Button aria-label={label} disabled className="self-start">
        {look}
      </Button>
    );
  }
  return <OwnedButton item={item} label={label} look={look} />;
}

type OwnedButtonProps = { readonly item: LibraryItem; readonly label: string; readonly look: ReactNode };

function OwnedButton({ item, label, look }: OwnedButtonProps) {
  const t = useTranslations("library");
  const message = useErrorMessage();
  const { download, downloading, error, question } = useDownload(item);
  return (
    <div className="flex flex-col items-start gap-3">
      {item.isFrozen && <Notice tone="warn">{t("frozen")}</Notice>}
      <Button
        aria-label={label}
        isBusy={downloading !== undefined}
        disabled={item.isFrozen}
        onClick={() => download(null)}
      >
        {look}
      </Button>
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <WaiverQuestion question={question} words={item.waiver.words} />
    </div>
  );
}
