"use client";

import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { useDraft } from "../parts/use-draft.ts";
import { Complaint } from "../parts/form-parts.tsx";
import type { Store } from "./stores-query.ts";
import { useChangeStore } from "./use-store.ts";
import { basisPointsOf, percentOf, wholeOf } from "./numbers.ts";

/** How much dearer it may be, how long a person may take, and whether anything of it is sold. */
export function LimitsForm({ store }: { readonly store: Store }) {
  const t = useTranslations("ops.store");
  const change = useChangeStore(store.storeId);
  const fields = useFields({
    margin: {
      initial: percentOf(store.priceMarginBp),
      check: (value) => (basisPointsOf(value) === undefined ? t("marginWrong") : undefined),
      isRequired: true,
    },
    hours: {
      initial: String(store.byHandHoursMax),
      check: (value) => (wholeOf(value, 1, 240) === undefined ? t("hoursWrong") : undefined),
      isRequired: true,
    },
    sells: { initial: store.enabled ? "yes" : "" },
  });
  const forget = useDraft(`limits:${store.storeId}:${store.updatedAt}`, fields);
  const { sells } = fields.values;
  return (
    <Panel className="p-4 sm:p-5">
      <form
        noValidate
        onSubmit={fields.submit(({ margin, hours }) =>
          change.mutate(
            {
              priceMarginBp: basisPointsOf(margin) ?? store.priceMarginBp,
              byHandHoursMax: wholeOf(hours, 1, 240) ?? store.byHandHoursMax,
              enabled: sells !== "",
            },
            { onSuccess: forget },
          ),
        )}
        className="flex flex-col gap-4"
      >
        <h2 className="text-sm font-medium">{t("limits")}</h2>
        <TextField label={t("margin")} hint={t("marginHint")} inputMode="decimal" {...fields.of("margin")} />
        <TextField label={t("hours")} hint={t("hoursHint")} inputMode="numeric" {...fields.of("hours")} />
        <Checkbox
          label={t("sells")}
          hint={t("sellsHint")}
          checked={sells !== ""}
          onChange={({ target: { checked } }) => fields.fill({ sells: checked ? "yes" : "" })}
        />
        {change.error !== null && <Complaint error={change.error} />}
        <Button type="submit" variant="secondary" isBusy={change.isPending}>
          {t("save")}
        </Button>
      </form>
    </Panel>
  );
}
