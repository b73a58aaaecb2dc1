"use client";

import { verificationLevels } from "@muse/contracts/seller";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import type { Seller } from "./sellers-query.ts";
import { useSellerChange } from "./use-seller-change.ts";

type Level = (typeof verificationLevels)[number];

/** How well the house knows a seller, with what says so. */
export function VerifyForm({ seller: { sellerId, verificationLevel } }: { readonly seller: Seller }) {
  const t = useTranslations("sellers.verify");
  const words = useTranslations("sellers.level");
  const fields = useFields({
    level: { initial: verificationLevel === "identity" ? "email" : "identity", isRequired: true },
    reason: { check: (value) => (value.trim() === "" ? t("reasonMissing") : undefined), isRequired: true },
  });
  const verify = useSellerChange(
    sellerId,
    (wish: { readonly verificationLevel: Level; readonly reason: string }) =>
      call(api.PUT("/api/v1/admin/sellers/{sellerId}/verification", { params: { path: { sellerId } }, body: wish })),
    (seller) => t("done", { level: words(seller.verificationLevel) }),
  );
  return (
    <Panel className="p-4 sm:p-5">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={fields.submit(({ level, reason }) => {
          const wanted = verificationLevels.find((each) => each === level);
          if (wanted !== undefined) verify.mutate({ verificationLevel: wanted, reason: reason.trim() });
        })}
      >
        <h2 className="text-sm font-medium">{t("title")}</h2>
        <p className="text-sm text-muted">{t("body")}</p>
        <Select
          label={t("level")}
          {...withoutTick(fields.of("level"))}
          options={verificationLevels.map((value) => ({ value, label: words(value) }))}
        />
        <TextArea
          label={t("reason")}
          hint={t("reasonHint")}
          rows={2}
          maxLength={500}
          {...withoutTick(fields.of("reason"))}
        />
        {verify.error !== null && <Complaint error={verify.error} />}
        <Button type="submit" variant="secondary" isBusy={verify.isPending} isWide>
          {t("send")}
        </Button>
      </form>
    </Panel>
  );
}
