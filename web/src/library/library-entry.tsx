"use client";

import type { LibraryFile, LibraryItem } from "@muse/contracts/library";
import { useFormatter, useTranslations } from "next-intl";
import { useWriteMoment } from "#web/orders/index.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { OwnReview } from "./own-review.tsx";
import { useDownload } from "./use-download.ts";
import { WaiverQuestion } from "./waiver-question.tsx";

/** One thing owned: its files, what was agreed to, and what its owner says of it. */
export function LibraryEntry({ item }: { readonly item: LibraryItem }) {
  const t = useTranslations("library");
  const message = useErrorMessage();
  const { download, downloading, error, question } = useDownload(item);
  return (
    <li className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-6">
      <Head item={item} />
      {item.isFrozen && <Notice tone="warn">{t("frozen")}</Notice>}
      {item.files.length === 0 && <p className="text-sm text-muted">{t("noFile")}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {item.files.map((file) => (
          <FileLine
            key={file.fileId}
            file={file}
            isBusy={downloading === file.fileId}
            isDisabled={item.isFrozen}
            onDownload={() => download(file.fileId)}
          />
        ))}
      </ul>
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <Waived waiver={item.waiver} />
      <OwnReview item={item} />
      <WaiverQuestion question={question} words={item.waiver.words} />
    </li>
  );
}

function Head({ item }: { readonly item: LibraryItem }) {
  const t = useTranslations("library");
  const { productId, title, sellerName, museOrderNumber, downloadCount } = item;
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <div className="min-w-0">
        <h2 className="text-lg font-medium">
          <Link href={`/products/${productId}`} className="no-underline hover:underline">
            {title}
          </Link>
        </h2>
        <p className="text-sm text-muted">{t("by", { seller: sellerName })}</p>
      </div>
      <p className="figures text-xs text-muted">
        <Link href={`/orders/${museOrderNumber}`}>{t("order", { number: museOrderNumber })}</Link>
        {" · "}
        {t("downloads", { count: downloadCount })}
      </p>
    </div>
  );
}

type FileLineProps = {
  readonly file: LibraryFile;
  readonly isBusy: boolean;
  readonly isDisabled: boolean;
  readonly onDownload: () => void;
};

function FileLine({ file: { name, sizeBytes, version }, isBusy, isDisabled, onDownload }: FileLineProps) {
  const t = useTranslations("library");
  const format = useFormatter();
  const [unit, size] =
    sizeBytes < 1_000
      ? (["byte", 1] as const)
      : sizeBytes < 1_000_000
        ? (["kilobyte", 1e3] as const)
        : (["megabyte", 1e6] as const);
  const written = format.number(sizeBytes / size, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: 1,
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <span className="min-w-0">
        <span className="block truncate">{name}</span>
        <span className="figures text-xs text-muted">{t("size", { size: written, version })}</span>
      </span>
      <Button
        variant="secondary"
        size="sm"
        aria-label={t("downloadAll", { name })}
        isBusy={isBusy}
        disabled={isDisabled}
        onClick={onDownload}
      >
        {t("download")}
      </Button>
    </li>
  );
}

function Waived({ waiver: { state, words, waivedAt } }: Pick<LibraryItem, "waiver">) {
  const t = useTranslations("library.waiver");
  const write = useWriteMoment();
  if (state === "open" || waivedAt === null) return null;
  return <p className="text-xs text-muted">{t("given", { date: write(waivedAt, "day"), words })}</p>;
}
