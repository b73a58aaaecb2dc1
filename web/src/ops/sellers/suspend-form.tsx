"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import type { Seller } from "./sellers-query.ts";
import { useSellerChange } from "./use-seller-change.ts";

/** Stops a seller, asked once more as their shop empties at once; or lets them sell again. */
export function SuspendForm({ seller: { sellerId, displayName, suspendedAt } }: { readonly seller: Seller }) {
  const t = useTranslations("sellers.suspend");
  const [isAsking, setAsking] = useState(false);
  const isSuspended = suspendedAt !== null;
  const fields = useFields({
    why: { check: (value) => (value.trim() === "" ? t("reasonMissing") : undefined), isRequired: true },
  });
  const change = useSellerChange(
    sellerId,
    (wish: { readonly isSuspended: boolean; readonly reason: string }) =>
      call(api.PUT("/api/v1/admin/sellers/{sellerId}/suspension", { params: { path: { sellerId } }, body: wish })),
    (seller) => t(seller.suspendedAt === null ? "resumed" : "suspended"),
  );
  const reason = fields.values.why.trim();
  return (
    <Panel className="p-4 sm:p-5">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={fields.submit(() => (isSuspended ? change.mutate({ isSuspended: false, reason }) : setAsking(true)))}
      >
        <h2 className="text-sm font-medium">{t("title")}</h2>
        <p className="text-sm text-muted">{t("body")}</p>
        <TextArea
          label={t("reason")}
          hint={t(isSuspended ? "resumeHint" : "reasonHint")}
          rows={2}
          maxLength={500}
          {...withoutTick(fields.of("why"))}
        />
        {change.error !== null && <Complaint error={change.error} />}
        <Button
          type="submit"
          variant={isSuspended ? "secondary" : "danger"}
          isBusy={change.isPending && !isAsking}
          isWide
        >
          {t(isSuspended ? "resume" : "send")}
        </Button>
      </form>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("askTitle", { name: displayName })}
        description={t("askBody")}
        actions={
          <>
            <Button
              variant="danger"
              isBusy={change.isPending}
              onClick={() => change.mutate({ isSuspended: true, reason }, { onSettled: () => setAsking(false) })}
            >
              {t("confirm")}
            </Button>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t("keep")}
            </Button>
          </>
        }
      >
        <p className="rounded bg-sunken px-4 py-3 text-sm break-words whitespace-pre-wrap">{reason}</p>
      </Dialog>
    </Panel>
  );
}
