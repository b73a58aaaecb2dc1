"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { Facts } from "../parts/page.tsx";
import { useDraft } from "../parts/use-draft.ts";
import { useWho } from "../parts/use-who.ts";
import { webAddressOf } from "../parts/web-address.ts";
import { At } from "../parts/when.tsx";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import { wholeOf } from "./numbers.ts";
import type { Store } from "./stores-query.ts";
import { useChangeStore } from "./use-store.ts";

type Recorded = NonNullable<Store["permission"]>;

/** That the store lets a program order in its shop: what was said, by whom, and within which bounds. */
export function PermissionForm({ store }: { readonly store: Store }) {
  const t = useTranslations("ops.store.permission");
  const [isEditing, setEditing] = useState(false);
  const { permission } = store;
  return (
    <Panel className="flex flex-col gap-4 p-4 sm:p-5">
      <h2 className="text-sm font-medium">{t("title")}</h2>
      {isEditing ? (
        <Edit store={store} onDone={() => setEditing(false)} />
      ) : (
        <>
          {permission === null ? <p className="text-sm text-muted">{t("none")}</p> : <Shown permission={permission} />}
          <Button variant="secondary" onClick={() => setEditing(true)}>
            {t(permission === null ? "record" : "change")}
          </Button>
        </>
      )}
    </Panel>
  );
}

function Shown({ permission }: { readonly permission: Recorded }) {
  const t = useTranslations("ops.store.permission");
  const who = useWho();
  const link = webAddressOf(permission.link);
  const { hours } = permission;
  return (
    <>
      <p className="text-sm break-words whitespace-pre-wrap">{permission.words}</p>
      <Facts
        facts={[
          [t("permittedOn"), permission.permittedOn],
          [
            t("link"),
            link === null ? null : (
              <a
                key="link"
                href={link}
                target="_blank"
                rel="noreferrer noopener"
                className="break-all underline decoration-edge underline-offset-4"
              >
                {link}
              </a>
            ),
          ],
          [t("atOnce"), permission.ordersAtOnce],
          [t("perHour"), permission.ordersPerHour ?? t("noBound")],
          [
            t("hours"),
            hours === null ? t("always") : `${hours.opensAt ?? "00:00"}–${hours.closesAt ?? "24:00"} ${hours.timeZone}`,
          ],
          [
            t("recordedBy"),
            <span key="by">
              {who(permission.recordedBy)}, <At at={permission.recordedAt} />
            </span>,
          ],
        ]}
      />
    </>
  );
}

function Edit({ store, onDone }: { readonly store: Store; readonly onDone: () => void }) {
  const t = useTranslations("ops.store.permission");
  const change = useChangeStore(store.storeId);
  const { permission } = store;
  const fields = usePermissionFields(store);
  const forget = useDraft(`permission:${store.storeId}`, fields);
  const finish = (): void => {
    forget();
    onDone();
  };
  const save = (values: typeof fields.values): void => {
    const { words, link, permittedOn, ordersAtOnce, ordersPerHour } = values;
    change.mutate(
      {
        permission: {
          words: words.trim(),
          link: webAddressOf(link.trim()),
          permittedOn,
          ordersAtOnce: wholeOf(ordersAtOnce, 1, 100) ?? 1,
          ordersPerHour: wholeOf(ordersPerHour, 1, 100_000) ?? null,
          hours: hoursOf(values, permission),
        },
      },
      { onSuccess: finish },
    );
  };
  return (
    <form noValidate onSubmit={fields.submit(save)} className="flex flex-col gap-4">
      <TextArea
        label={t("words")}
        hint={t("wordsHint")}
        rows={3}
        maxLength={2000}
        {...withoutTick(fields.of("words"))}
      />
      <TextField label={t("link")} type="url" {...fields.of("link")} />
      <TextField label={t("permittedOn")} type="date" {...withoutTick(fields.of("permittedOn"))} />
      <TextField label={t("atOnce")} inputMode="numeric" {...fields.of("ordersAtOnce")} />
      <TextField label={t("perHour")} hint={t("perHourHint")} inputMode="numeric" {...fields.of("ordersPerHour")} />
      <div className="grid grid-cols-2 gap-3">
        <TextField label={t("opensAt")} type="time" {...withoutTick(fields.of("opensAt"))} />
        <TextField label={t("closesAt")} type="time" {...withoutTick(fields.of("closesAt"))} />
      </div>
      <TextField label={t("timeZone")} hint={t("hoursHint")} {...fields.of("timeZone")} />
      {change.error !== null && <Complaint error={change.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" isBusy={change.isPending}>
          {t("save")}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          {t("keep")}
        </Button>
        {permission !== null && (
          <Button variant="danger" onClick={() => change.mutate({ permission: null }, { onSuccess: finish })}>
            {t("takeBack")}
          </Button>
        )}
      </div>
    </form>
  );
}

function usePermissionFields({ permission }: Store) {
  const t = useTranslations("ops.store.permission");
  const before = textsOf(permission);
  return useFields({
    words: {
      initial: before.words,
      check: (value) => (value.trim() === "" ? t("wordsMissing") : undefined),
      isRequired: true,
    },
    link: {
      initial: before.link,
      check: (value) => (value.trim() === "" || webAddressOf(value.trim()) !== null ? undefined : t("linkWrong")),
    },
    permittedOn: {
      initial: before.permittedOn,
      check: (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? undefined : t("dayMissing")),
      isRequired: true,
    },
    ordersAtOnce: {
      initial: before.ordersAtOnce,
      check: (value) => (wholeOf(value, 1, 100) === undefined ? t("numberWrong") : undefined),
      isRequired: true,
    },
    ordersPerHour: {
      initial: before.ordersPerHour,
      check: (value) =>
        value.trim() === "" || wholeOf(value, 1, 100_000) !== undefined ? undefined : t("numberWrong"),
    },
    opensAt: { initial: before.opensAt },
    closesAt: { initial: before.closesAt },
    timeZone: { initial: before.timeZone },
  });
}

const blank = {
  words: "",
  link: "",
  permittedOn: "",
  ordersAtOnce: "1",
  ordersPerHour: "",
  opensAt: "",
  closesAt: "",
  timeZone: "",
};

/** What is recorded, as it is written into the fields. */
function textsOf(permission: Recorded | null): typeof blank {
  if (permission === null) return blank;
  const { words, link, permittedOn, ordersAtOnce, ordersPerHour, hours } = permission;
  return {
    words,
    link: link ?? "",
    permittedOn,
    ordersAtOnce: String(ordersAtOnce),
    ordersPerHour: String(ordersPerHour ?? ""),
    opensAt: hours?.opensAt ?? "",
    closesAt: hours?.closesAt ?? "",
    timeZone: hours?.timeZone ?? "",
  };
}

type Times = { readonly opensAt: string; readonly closesAt: string; readonly timeZone: string };

/** The hours as they are sent: none without both times. Days stay as they were recorded, or are all. */
function hoursOf({ opensAt, closesAt, timeZone }: Times, before: Recorded | null) {
  if (opensAt === "" || closesAt === "") return null;
  return {
    timeZone: timeZone.trim() === "" ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone.trim(),
    opensAt: opensAt.slice(0, 5),
    closesAt: closesAt.slice(0, 5),
    days: before?.hours?.days ?? everyDay,
  };
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
