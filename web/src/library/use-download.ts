import type { LibraryItem } from "@muse/contracts/library";
import { waiverVersion } from "@muse/contracts/withdrawal-waiver";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { libraryKey } from "./library-query.ts";

export type Wanted = {
  readonly fileId: string;
  /** Whether the shopper gives up the right to withdraw with it; noted before the first byte. */
  readonly isWaived: boolean;
};

/** Asks for a link and has the browser save what it leads to. */
export function useDownload({ productId, museOrderNumber: orderNumber }: LibraryItem) {
  const client = useQueryClient();
  const language = useLocale();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: async ({ fileId, isWaived }: Wanted) => {
      if (isWaived) {
        const body = { version: waiverVersion, language } as const;
        await call(api.PUT("/api/v1/library/{orderNumber}/waiver", { params: { path: { orderNumber } }, body }));
      }
      const params = { path: { id: productId }, query: { fileId } };
      return await call(api.GET("/api/products/{id}/download", { params }));
    },
    onSuccess: async ({ url }) => {
      // It is sent as something to be saved, so the page stays.
      window.location.assign(url);
      await client.invalidateQueries({ queryKey: libraryKey });
    },
  });
  return { download: mutate, downloading: isPending ? variables.fileId : null, error };
}
