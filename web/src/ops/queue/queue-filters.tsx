"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { BareSelect } from "#web/ui/select.tsx";
import { useStoreOptions } from "../parts/use-store-options.ts";
import { queueStatuses, type QueueView } from "../queries.ts";
import { queueHref } from "./queue-view.ts";

/** Which part of the queue: what is to be done, by whom, of which store; or what was done. */
export function QueueFilters({ view }: { readonly view: QueueView }) {
  const t = useTranslations("ops.queue");
  const router = useRouter();
  const stores = useStoreOptions(view.store);
  const show = (change: Partial<QueueView>): void => router.push(queueHref({ ...view, ...change, page: 1 }));
  const which = view.status ?? (view.claimed === null ? "todo" : `claimed-${view.claimed}`);
  return (
    <>
      <BareSelect
        aria-label={t("which")}
        value={which}
        onChange={({ target: { value } }) =>
          show({
            status: queueStatuses.find((status) => status === value) ?? null,
            claimed: (["true", "false", "mine"] as const).find((held) => `claimed-${held}` === value) ?? null,
          })
        }
        className="min-h-10"
        options={[
          { value: "todo", label: t("todo") },
          { value: "claimed-mine", label: t("mine") },
          { value: "claimed-false", label: t("free") },
          { value: "claimed-true", label: t("held") },
          ...queueStatuses.map((status) => ({ value: status, label: t(`closed.${status}`) })),
        ]}
      />
      <BareSelect
        aria-label={t("store")}
        value={view.store ?? ""}
        onChange={({ target: { value } }) => show({ store: value === "" ? null : value })}
        className="min-h-10 max-w-48"
        options={[{ value: "", label: t("allStores") }, ...stores]}
      />
    </>
  );
}
