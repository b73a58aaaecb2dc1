"use client";

import { useTranslations } from "next-intl";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import type { Dispute } from "./money-query.ts";

const tones: Readonly<Record<Dispute["status"], StatusTone>> = {
  inquiry: "warn",
  inquiry_closed: "good",
  needs_response: "warn",
  under_review: "busy",
  won: "good",
  lost: "bad",
};

export function DisputeState({ status }: { readonly status: Dispute["status"] }) {
  const t = useTranslations("money.dispute");
  return <Status tone={tones[status]}>{t(status)}</Status>;
}
