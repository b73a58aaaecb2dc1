"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
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
  const { data, error, refetch, isFetching } = useQuery(alertMailQuery);
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
  if (data !== undefined)
    // What was chosen is seen at once; if it does not come through it goes back.
    return <Choices mail={{ ...data, ...chosen }} isBusy={isPending} onChoose={choose} />;
  return error === null ? <Waiting /> : <Unread error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
}

type ChoicesProps = {
  readonly mail: AlertMail;
  readonly isBusy: boolean;
  readonly onChoose: (wish: Wish) => void;
};

function Choices({ mail: { byMail, language, everyMinutes }, isBusy, onChoose }: ChoicesProps) {
  const t = useTranslations("alerts.mail");
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 rounded border border-line bg-surface px-4 pt-1.5 pb-3 sm:pb-1.5">
      <Checkbox
        label={t("label")}
        hint={t("hint", { minutes: everyMinutes })}
        checked={byMail}
        disabled={isBusy}
        onChange={({ target: { checked } }) => onChoose({ byMail: checked, language })}
      />
      <BareSelect
        aria-label={t("language")}
        value={language}
        disabled={isBusy || !byMail}
        options={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
        onChange={({ target: { value } }) => onChoose({ byMail, language: value === "ko" ? "ko" : "en" })}
      />
    </div>
  );
}

/** Of any length alike: only its height matters, which is that of the words in this window. */
const unseen: AlertMail = { byMail: false, language: "en", everyMinutes: 15 };

/** The form's own words, not shown, keep its place. */
function Waiting() {
  const t = useTranslations("ui");
  return (
    <div className="relative rounded border border-line bg-surface">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <Skeleton className="absolute top-5 left-4 w-40 max-w-1/2" />
      <div aria-hidden="true" className="invisible -m-px">
        <Choices mail={unseen} isBusy onChoose={() => undefined} />
      </div>
    </div>
  );
}

type UnreadProps = { readonly error: Error; readonly onRetry: () => void; readonly isRetrying: boolean };

function Unread({ error, onRetry, isRetrying }: UnreadProps) {
  const t = useTranslations("alerts.mail");
  const ui = useTranslations("ui");
  const message = useErrorMessage();
  return (
    <Notice tone="warn" role="alert" className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <span>
        {t("unread")} {message(error)}
      </span>
      <Button variant="secondary" size="sm" onClick={onRetry} isBusy={isRetrying}>
        {ui("retry")}
      </Button>
    </Notice>
  );
}
