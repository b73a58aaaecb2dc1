"use client";

import { useTranslations } from "next-intl";
import { Status } from "#web/ui/status.tsx";
import type { Run } from "./money-query.ts";

/** What came of a comparison, in words and a colour. */
export function RunState({ run: { status, differenceCount } }: { readonly run: Run }) {
  const t = useTranslations("money");
  if (status !== "finished") return <Status tone={status === "failed" ? "bad" : "busy"}>{t(`run.${status}`)}</Status>;
  return <Status tone={differenceCount === 0 ? "good" : "bad"}>{t("differences", { count: differenceCount })}</Status>;
}
