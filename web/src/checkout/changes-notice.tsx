"use client";

import { useLocale, useTranslations } from "next-intl";
import { Notice } from "#web/ui/panel.tsx";
import type { Change } from "./changes.ts";
import { money } from "./money.ts";

type ChangesNoticeProps = { readonly changes: readonly Change[]; readonly currency: string };

/** What is different from what was last looked at; an empty list says that nothing is. */
export function ChangesNotice({ changes, currency }: ChangesNoticeProps) {
  const t = useTranslations("checkout.changes");
  return (
    <Notice role="status" tone={changes.length === 0 ? "good" : "warn"}>
      <p className="font-medium">{changes.length === 0 ? t("none") : t("title")}</p>
      {changes.length > 0 && (
        <ul className="mt-2 list-disc pl-5">
          {changes.map((change) => (
            <li key={`${change.kind} ${change.title}`}>
              <ChangeLine change={change} currency={currency} />
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function ChangeLine({ change, currency }: { readonly change: Change; readonly currency: string }) {
  const t = useTranslations("checkout.changes");
  const locale = useLocale();
  const { title } = change;
  switch (change.kind) {
    case "gone":
      return t("gone", { title });
    case "added":
      return t("added", { title });
    case "quantity":
      return t("quantity", { title, from: change.from, to: change.to });
    case "price":
      return t("price", {
        title,
        from: money(change.fromCents, currency, locale),
        to: money(change.toCents, currency, locale),
      });
  }
}
