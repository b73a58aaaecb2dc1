"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { deskKey } from "../queries.ts";

const providers = ["stripe", "toss"] as const;

/** Asks for a comparison with a provider's books up to now. It changes no money, so nobody is asked twice. */
export function ReconcileButton() {
  const t = useTranslations("money");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const [provider, setProvider] = useState<(typeof providers)[number]>("stripe");
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(api.POST("/api/v1/admin/ledger/reconciliations", { body: { provider } })),
    onSuccess: () => toast({ text: t("asked") }),
    onError: (error) => toast({ text: message(error), tone: "bad" }),
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
  return (
    <span className="flex flex-wrap items-center gap-2">
      <BareSelect
        aria-label={t("provider")}
        value={provider}
        options={providers.map((value) => ({ value, label: t(`providerName.${value}`) }))}
        onChange={({ target }) => setProvider(providers.find((each) => each === target.value) ?? provider)}
      />
      <Button variant="secondary" size="sm" isBusy={isPending} onClick={() => mutate()}>
        {t("ask")}
      </Button>
    </span>
  );
}
