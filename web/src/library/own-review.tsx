"use client";

import type { LibraryItem } from "@muse/contracts/library";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { libraryKey } from "./library-query.ts";

const ratings = [5, 4, 3, 2, 1] as const;

/** What its owner says of it, and the form to say it in. */
export function OwnReview({ item }: { readonly item: LibraryItem }) {
  const t = useTranslations("library.review");
  const [form, setForm] = useState<"untouched" | "open" | "closed">("untouched");
  const { review } = item;
  if (form === "open") return <ReviewForm item={item} onClose={() => setForm("closed")} />;
  return (
    <div className="flex flex-col items-start gap-2 border-t border-line pt-4 text-sm">
      {review !== null && (
        <p>
          <span className="font-medium">{t("stars", { count: review.rating })}</span> {review.body}
        </p>
      )}
      {/* The form takes its place and goes with the focus, which comes back to where it was. */}
      <Button
        variant="ghost"
        size="sm"
        className="-mx-3.5"
        autoFocus={form === "closed"}
        onClick={() => setForm("open")}
      >
        {t(review === null ? "write" : "change")}
      </Button>
    </div>
  );
}

type ReviewFormProps = { readonly item: LibraryItem; readonly onClose: () => void };

function ReviewForm({ item: { productId, review }, onClose }: ReviewFormProps) {
  const t = useTranslations("library.review");
  const message = useErrorMessage();
  const fields = useFields<"rating" | "body" | "author">({
    rating: {
      initial: review === null ? "" : String(review.rating),
      isRequired: true,
      check: (value) => (value === "" ? t("chooseOne") : undefined),
    },
    body: { initial: review?.body ?? "" },
    author: { initial: review?.author ?? "" },
  });
  const { say, isSaying, error } = useSaying(productId, onClose);
  const { isValid: _isValid, ...ratingField } = fields.of("rating");
  return (
    <form
      noValidate
      aria-label={t("title")}
      onSubmit={fields.submit(({ rating, body, author }) =>
        say({ rating: Number(rating), body, author: author.trim() === "" ? null : author }),
      )}
      className="flex max-w-xl flex-col gap-4 border-t border-line pt-4"
    >
      <Select
        {...ratingField}
        autoFocus
        label={t("rating")}
        options={[
          { value: "", label: t("choose"), isDisabled: true },
          ...ratings.map((count) => ({ value: String(count), label: t("stars", { count }) })),
        ]}
      />
      <TextArea {...fields.of("body")} label={t("body")} rows={4} maxLength={4000} />
      <TextField {...fields.of("author")} label={t("author")} maxLength={60} />
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" isBusy={isSaying}>
          {t("send")}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

type Said = { readonly rating: number; readonly body: string; readonly author: string | null };

function useSaying(productId: string, onSaid: () => void) {
  const t = useTranslations("library.review");
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Said) =>
      call(api.POST("/api/products/{id}/reviews", { params: { path: { id: productId } }, body })),
    onSuccess: async () => {
      toast({ text: t("sent") });
      await client.invalidateQueries({ queryKey: libraryKey });
      onSaid();
    },
  });
  return { say: mutate, isSaying: isPending, error };
}
