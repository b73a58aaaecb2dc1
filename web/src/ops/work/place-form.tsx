"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Disclosure } from "#web/ui/disclosure.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import { useDraft } from "../parts/use-draft.ts";
import { deskKey } from "../queries.ts";
import { minorOf } from "./amount.ts";
import type { OutcomeProps } from "./outcome.ts";

/** Those that stores hand parcels to, by the code that is kept of them. */
const carriers = [
  ["ups", "UPS"],
  ["usps", "USPS"],
  ["fedex", "FedEx"],
  ["dhl", "DHL"],
  ["ontrac", "OnTrac"],
  ["lasership", "LaserShip"],
  ["bluecrate", "Bluecrate"],
  ["swiftpost", "SwiftPost"],
] as const;

/** The order is placed: the store's number, and what it charged. */
export function PlaceForm(props: OutcomeProps) {
  const t = useTranslations("ops.work.place");
  const { fields, place } = usePlace(props);
  const { task, isHeld } = props;
  const send = fields.submit((values) => {
    // A parcel is known by both: half of it would be dropped without a word.
    const hasNumber = values.trackingNumber.trim() !== "";
    if (hasNumber === (values.carrier !== "")) place.mutate(values);
    else if (hasNumber) fields.refuse("carrier", t("carrierMissing"));
    else fields.refuse("trackingNumber", t("trackingMissing"));
  });
  return (
    <form noValidate onSubmit={send} className="flex flex-col gap-4">
      <TextField
        label={t("number")}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        {...fields.of("storeOrderNumber")}
      />
      <TextField
        label={t("paid")}
        hint={t("paidHint", { most: task.chargeMaxDisplay })}
        inputMode="decimal"
        autoComplete="off"
        {...fields.of("paid")}
      />
      <Disclosure summary={t("parcel")} className="border-b-0">
        <div className="flex flex-col gap-4 text-ink">
          <Select
            label={t("carrier")}
            {...withoutTick(fields.of("carrier"))}
            options={[{ value: "", label: t("carrierNone") }, ...carriers.map(([value, label]) => ({ value, label }))]}
          />
          <TextField label={t("tracking")} autoComplete="off" spellCheck={false} {...fields.of("trackingNumber")} />
        </div>
      </Disclosure>
      {place.error !== null && <Complaint error={place.error} />}
      <Button type="submit" isBusy={place.isPending} disabled={!isHeld} isWide>
        {t("send")}
      </Button>
    </form>
  );
}

function usePlace({ task, onDone }: OutcomeProps) {
  const t = useTranslations("ops.work.place");
  const message = useErrorMessage();
  const client = useQueryClient();
  const { museOrderNumber, currency } = task;
  const fields = useFields({
    storeOrderNumber: { check: (value) => (value.trim() === "" ? t("numberMissing") : undefined), isRequired: true },
    paid: {
      check: (value) => (value.trim() === "" || minorOf(value, currency) !== undefined ? undefined : t("paidWrong")),
    },
    carrier: {},
    trackingNumber: {},
  });
  const forget = useDraft(`place:${museOrderNumber}`, fields);
  const place = useMutation({
    mutationFn: ({ storeOrderNumber, paid, carrier, trackingNumber }: typeof fields.values) =>
      call(
        api.POST("/api/v1/admin/manual-orders/{orderNumber}/place", {
          params: { path: { orderNumber: museOrderNumber } },
          body: {
            storeOrderNumber: storeOrderNumber.trim(),
            ...(paid.trim() === "" ? {} : { paidCents: minorOf(paid, currency) ?? 0 }),
            ...(carrier === "" || trackingNumber.trim() === ""
              ? {}
              : { carrier, trackingNumber: trackingNumber.trim() }),
          },
        }),
      ),
    onSuccess: (placed) => {
      forget();
      onDone(
        t("done", { number: museOrderNumber, storeNumber: placed.storeOrderNumber }),
        placed.warnings.map((warning) => t(`warning.${warning}`)),
      );
    },
    onError: (error) => {
      if (isApiError(error) && error.failure.field === "storeOrderNumber") {
        fields.refuse("storeOrderNumber", message(error));
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
  return { fields, place };
}
