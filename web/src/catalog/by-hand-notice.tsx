import type { StoreView } from "@muse/contracts/catalog";
import { useTranslations } from "next-intl";
import { Notice } from "#web/ui/panel.tsx";

/** Where people place the orders: that, how long it takes, and what becomes of what cannot be had. */
export function ByHandNotice({ store }: { readonly store: Pick<StoreView, "name" | "placement"> }) {
  const t = useTranslations("catalog.byHand");
  const { method, hoursMax } = store.placement;
  if (method !== "by_hand") return null;
  return (
    <Notice className="flex flex-col gap-0.5">
      <p className="font-medium">{t("title")}</p>
      <p className="text-muted">
        {hoursMax === null ? t("body", { store: store.name }) : t("bodyWithin", { store: store.name, hours: hoursMax })}
      </p>
    </Notice>
  );
}
