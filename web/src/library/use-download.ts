import type { LibraryItem } from "@muse/contracts/library";
import { waiverVersion } from "@muse/contracts/withdrawal-waiver";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { libraryKey } from "./library-query.ts";

type Wanted = {
  /** Null: all of its files. */
  readonly fileId: string | null;
  /** Whether the shopper gives up the right to withdraw with it; noted before the first byte. */
  readonly isWaived: boolean;
};

export type UseDownload = {
  /** A file, or all of them (null). The first time it is asked about the right to withdraw before anything comes. */
  readonly download: (fileId: string | null) => void;
  /** The file that is being fetched; undefined while none is. */
  readonly downloading: string | null | undefined;
  readonly error: unknown;
  /** What the shopper is asked now; null: nothing. */
  readonly question: {
    readonly answer: (isWaived: boolean) => void;
    readonly close: () => void;
  } | null;
};

/**
 * The one way to the files of something owned (docs/decisions/0073-the-right-to-withdraw.md). Before the first
 * download its owner is asked whether they give up the right to withdraw for having it at once; whatever they say, it
 * comes, and who said no is not asked again.
 */
export function useDownload({
  productId,
  museOrderNumber: orderNumber,
  waiver,
  downloadCount,
}: LibraryItem): UseDownload {
  const client = useQueryClient();
  const language = useLocale();
  const [asked, setAsked] = useState<{ readonly fileId: string | null } | null>(null);
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: async ({ fileId, isWaived }: Wanted) => {
      if (isWaived) {
        const body = { version: waiverVersion, language } as const;
        await call(api.PUT("/api/v1/library/{orderNumber}/waiver", { params: { path: { orderNumber } }, body }));
      }
      const query = fileId === null ? {} : { fileId };
      return await call(api.GET("/api/products/{id}/download", { params: { path: { id: productId }, query } }));
    },
    onSuccess: async ({ files }) => {
      for (const { url, fileName } of files) follow(url, fileName);
      await client.invalidateQueries({ queryKey: libraryKey });
    },
  });
  const isFirst = waiver.state === "open" && downloadCount === 0;
  return {
    download: (fileId) => (isFirst ? setAsked({ fileId }) : mutate({ fileId, isWaived: false })),
    downloading: isPending ? variables.fileId : undefined,
    error,
    question: asked && {
      answer: (isWaived) => {
        setAsked(null);
        mutate({ fileId: asked.fileId, isWaived });
      },
      close: () => setAsked(null),
    },
  };
}

/** As if the reader had pressed the link: the answer says itself that it is a file to keep, so the page stays. */
function follow(url: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
}
