"use client";

import type { SellerProduct } from "@muse/contracts/seller";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { buttonLook } from "#web/ui/button-look.ts";
import { Button } from "#web/ui/button.tsx";
import { cn } from "#web/ui/class-names.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { sellKey } from "./sell-queries.ts";
import { sendFile } from "./send-file.ts";

/** What buyers get, and the way to add to it. */
export function ProductFiles({ product }: { readonly product: SellerProduct }) {
  const t = useTranslations("sell.files");
  const message = useErrorMessage();
  const { send, sending, error } = useSending(product.productId);
  const id = useId();
  return (
    <section aria-labelledby={`${id}-title`} className="flex max-w-2xl flex-col gap-4">
      <h2 id={`${id}-title`} className="text-lg font-medium">
        {t("title")}
      </h2>
      {product.files.length === 0 ? (
        <p className="text-sm text-muted">{t("none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
          {product.files.map((file) => (
            <FileLine key={file.fileId} productId={product.productId} file={file} />
          ))}
        </ul>
      )}
      {sending !== null && <Sending {...sending} />}
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-4">
        <input
          id={id}
          type="file"
          className="peer sr-only"
          aria-describedby={`${id}-hint`}
          disabled={sending !== null}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file !== undefined) send(file);
            // The same file again is a choice again.
            currentTarget.value = "";
          }}
        />
        <label
          htmlFor={id}
          className={cn(
            buttonLook({ variant: "secondary" }),
            "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-focus peer-disabled:opacity-45",
          )}
        >
          {t("add")}
        </label>
        <p id={`${id}-hint`} className="max-w-md text-xs text-muted">
          {t("hint")}
        </p>
      </div>
    </section>
  );
}

type Way = { readonly name: string; readonly share: number };

function Sending({ name, share }: Way) {
  const t = useTranslations("sell.files");
  const text = t(share < 1 ? "sending" : "looking", { name });
  return (
    <div role="status" className="flex flex-col gap-2 text-sm">
      <span>{text}</span>
      <progress aria-label={text} max={1} value={share} className="h-1.5 w-full accent-accent" />
    </div>
  );
}

function FileLine({ productId, file }: { readonly productId: string; readonly file: SellerProduct["files"][number] }) {
  const t = useTranslations("sell.files");
  const format = useFormatter();
  const { remove, isRemoving } = useRemoving(productId, file.fileId);
  const { name, sizeBytes, version, isScanned } = file;
  return (
    <li className="flex items-center gap-4 px-4 py-2">
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{name}</span>
        <span className="figures text-xs text-muted">
          {[writeSize(sizeBytes, format), t("version", { version }), ...(isScanned ? [t("scanned")] : [])].join(" · ")}
        </span>
      </span>
      <Button variant="ghost" size="sm" aria-label={t("remove", { name })} onClick={() => remove()} isBusy={isRemoving}>
        <X aria-hidden="true" className="size-4" />
      </Button>
    </li>
  );
}

function writeSize(bytes: number, format: ReturnType<typeof useFormatter>): string {
  const [unit, size] =
    bytes < 1_000
      ? (["byte", 1] as const)
      : bytes < 1_000_000
        ? (["kilobyte", 1e3] as const)
        : (["megabyte", 1e6] as const);
  return format.number(bytes / size, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 });
}

function useSending(productId: string) {
  const t = useTranslations("sell.files");
  const client = useQueryClient();
  const toast = useToast();
  const [share, setShare] = useState(0);
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (file: File) => sendFile(productId, file, setShare),
    onMutate: () => setShare(0),
    onSuccess: async (_, { name }) => {
      toast({ text: t("sent", { name }) });
      await client.invalidateQueries({ queryKey: sellKey });
    },
  });
  return { send: mutate, sending: isPending ? { name: variables.name, share } : null, error };
}

function useRemoving(productId: string, fileId: string) {
  const t = useTranslations("sell.files");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      call(
        api.DELETE("/api/v1/seller/products/{productId}/files/{fileId}", { params: { path: { productId, fileId } } }),
      ),
    onSuccess: async () => {
      toast({ text: t("removed") });
      await client.invalidateQueries({ queryKey: sellKey });
    },
    onError: (error) => toast({ text: message(error), tone: "bad" }),
  });
  return { remove: mutate, isRemoving: isPending };
}
