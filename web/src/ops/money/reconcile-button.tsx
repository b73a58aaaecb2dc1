"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { deskKey } from "../queries.ts";

/** Asks for a comparison up to now. It changes no money, so nobody is asked twice. */
export function ReconcileButton() {
  const t = useTranslations("money");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(api.POST("/api/v1/admin/ledger/reconciliations", { body: { provider: "stripe" } })),
    onSuccess: () => toast({ text: t("asked") }),
    onError: (error) => toast({ text: message(error), tone: "bad" }),
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
  return (
    <Button variant="secondary" size="sm" isBusy={isPending} onClick={() => mutate()}>
      {t("ask")}
    </Button>
  );
}
