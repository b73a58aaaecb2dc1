"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { alertMailQuery, type AlertMail } from "./alerts-query.ts";

type Wish = Pick<AlertMail, "byMail" | "language">;

const languages = ["en", "ko"] as const;

/** Whether one is written to, and in which language. Each choice counts at once. */
export function AlertMailForm() {
  const t = useTranslations("alerts.mail");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { data } = useQuery(alertMailQuery);
  const [chosen, setChosen] = useState<Wish | null>(null);
  const { mutate, isPending } = useMutation({
    mutationFn: (wish: Wish) => call(api.PUT("/api/v1/admin/alerts/mail", { body: wish })),
    onSuccess: (wish) => {
      client.setQueryData(alertMailQuery.queryKey, wish);
      toast({ text: t(wish.byMail ? "on" : "off") });
    },
    onError: (error) => toast({ text: message(error), tone: "bad" }),
    onSettled: () => setChosen(null),
  });
  const choose = (wish: Wish): void => {
    // In the event that chose it, or the box would be seen to change back first.
    setChosen(wish);
    mutate(wish);
  };
  if (data === undefined) return null;
  // What was chosen is seen at once; if it does not come through it goes back.
  const { byMail, language } = chosen ?? data;
  const { everyMinutes } = data;
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 rounded border border-line bg-surface px-4 py-1.5">
      <Checkbox
        label={t("label")}
        hint={t("hint", { minutes: everyMinutes })}
        checked={byMail}
        disabled={isPending}
        onChange={({ target: { checked } }) => choose({ byMail: checked, language })}
      />
      <BareSelect
        aria-label={t("language")}
        value={language}
        disabled={isPending || !byMail}
        options={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
        onChange={({ target: { value } }) => choose({ byMail, language: value === "ko" ? "ko" : "en" })}
      />
    </div>
  );
}
