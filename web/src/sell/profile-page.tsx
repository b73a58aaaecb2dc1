"use client";

import type { SellerView } from "@muse/contracts/seller";
import { useMutation } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";

/** How a seller is called and describes themselves; how well Muse knows them, and what they agreed to. */
export function ProfilePage({ seller }: { readonly seller: SellerView }) {
  const t = useTranslations("sell.profile");
  const format = useFormatter();
  const accepted = format.dateTime(new Date(seller.contractAcceptedAt), { dateStyle: "long", timeZone: "UTC" });
  return (
    <div className="flex max-w-2xl flex-col gap-10">
      <header className="flex flex-col gap-2">
        <h1 className="text-2xl font-medium">{t("title")}</h1>
        <p className="text-sm text-muted">{t("lead")}</p>
      </header>
      <NameForm seller={seller} />
      <Level seller={seller} />
      <section className="flex flex-col gap-2 border-t border-line pt-8 text-sm">
        <h2 className="text-lg font-medium">{t("contractTitle")}</h2>
        <p>{t("accepted", { version: seller.contractVersion, date: accepted })}</p>
      </section>
    </div>
  );
}

function NameForm({ seller }: { readonly seller: SellerView }) {
  const t = useTranslations("sell");
  const message = useErrorMessage();
  const { save, isSaving, error } = useSaving();
  const fields = useFields<"displayName" | "about">({
    displayName: {
      initial: seller.displayName,
      isRequired: true,
      check: (value) => (value.trim() === "" ? t("signUp.required") : undefined),
    },
    about: { initial: seller.about },
  });
  return (
    <form noValidate onSubmit={fields.submit(save)} className="flex flex-col gap-5">
      <TextField {...fields.of("displayName")} label={t("signUp.name")} maxLength={60} />
      <TextArea {...fields.of("about")} label={t("signUp.about")} rows={3} maxLength={1000} />
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <Button type="submit" isBusy={isSaving} className="self-start">
        {t("profile.save")}
      </Button>
    </form>
  );
}

function useSaving() {
  const t = useTranslations("sell.profile");
  const router = useRouter();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ displayName, about }: Readonly<Record<"displayName" | "about", string>>) =>
      call(api.PUT("/api/v1/seller", { body: { displayName: displayName.trim(), about: about.trim() } })),
    onSuccess: () => {
      toast({ text: t("saved") });
      // The name stands in the frame around the page, too.
      router.refresh();
    },
  });
  return { save: mutate, isSaving: isPending, error };
}

function Level({ seller: { verificationLevel, publishedMax } }: { readonly seller: SellerView }) {
  const t = useTranslations("sell");
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-8 text-sm">
      <h2 className="text-lg font-medium">{t("profile.levelTitle")}</h2>
      <p className="font-medium">{t(`level.${verificationLevel}`)}</p>
      <p>{t(`profile.means.${verificationLevel}`, { count: publishedMax ?? 0 })}</p>
    </section>
  );
}
