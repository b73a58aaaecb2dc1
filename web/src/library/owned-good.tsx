"use client";

import type { LibraryItem } from "@muse/contracts/library";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { ownedQuery } from "./library-query.ts";
import { useDownload } from "./use-download.ts";
import { WaiverQuestion } from "./waiver-question.tsx";

export type Owned = {
  /** Null where it is not theirs, or not any more; and until that is known. */
  readonly item: LibraryItem | null;
  /** Whether the library has been read: only then does no item mean that there is none. */
  readonly isKnown: boolean;
  /** Why it could not be read. */
  readonly error: unknown;
  readonly retry: () => void;
};

/** What an order gave, as the reader's library has it. */
export function useOwned(orderNumber: string): Owned {
  const { data, error, refetch } = useQuery(ownedQuery(orderNumber, useLocale()));
  return { item: data ?? null, isKnown: data !== undefined, error, retry: () => void refetch() };
}

type DownloadButtonProps = { readonly owned: Owned; readonly title: string };

/** All files of something owned, by one press; its place is kept while it is looked up. */
export function DownloadButton({ owned: { item, isKnown, error, retry }, title }: DownloadButtonProps) {
  const t = useTranslations("library");
  const look = (
    <>
      <Download aria-hidden="true" className="size-4" />
      {t("download")}
    </>
  );
  const label = t("downloadAll", { name: title });
  if (!isKnown && error !== null) return <Unread error={error} onRetry={retry} />;
  if (item === null) {
    return (
      <Button aria-label={label} disabled className="self-start">
        {look}
      </Button>
    );
  }
  return <OwnedButton item={item} label={label} look={look} />;
}

function Unread({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const t = useTranslations("ui");
  const message = useErrorMessage();
  return (
    <Notice role="alert" tone="bad" className="flex flex-col items-start gap-3">
      <p>{message(error)}</p>
      <Button variant="secondary" size="sm" onClick={onRetry}>
        {t("retry")}
      </Button>
    </Notice>
  );
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
