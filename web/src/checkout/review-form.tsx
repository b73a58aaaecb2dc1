"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextArea } from "#web/ui/text-area.tsx";

const ratings = [5, 4, 3, 2, 1] as const;

/** What its owner has to say of a product. Saying it again replaces it. */
export function ReviewForm({ productId }: { readonly productId: string }) {
  const t = useTranslations("checkout.digital");
  const message = useErrorMessage();
  const [rating, setRating] = useState<number>(5);
  const [body, setBody] = useState("");
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () =>
      call(api.POST("/api/products/{id}/reviews", { params: { path: { id: productId } }, body: { rating, body } })),
  });
  if (isSuccess) return <p role="status">{t("reviewed")}</p>;
  return (
    <form
      className="flex max-w-md flex-col gap-4 pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Select
        label={t("rating")}
        value={String(rating)}
        onChange={({ currentTarget }) => setRating(Number(currentTarget.value))}
        options={ratings.map((stars) => ({ value: String(stars), label: t("stars", { stars }) }))}
      />
      <TextArea label={t("reviewBody")} value={body} onChange={({ currentTarget }) => setBody(currentTarget.value)} />
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <Button type="submit" variant="secondary" isBusy={isPending} className="self-start">
        {t("sendReview")}
      </Button>
    </form>
  );
}
