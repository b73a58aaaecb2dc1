"use client";

import { useTranslations } from "next-intl";
import { isZip, keepZip } from "#web/address/zip.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import type { Delivery } from "./delivery-query.ts";
import { useIsLive } from "./use-is-live.ts";

type DeliveryZipProps = {
  readonly zip: string | null;
  readonly place: Delivery["place"];
  readonly error: unknown;
  readonly isAsking: boolean;
  /** The same ZIP code once more: what failed may work now. */
  readonly onAgain: () => void;
};

/** Where to: asked once, known in the cart too. What this browser has kept is there once the script is. */
export function DeliveryZip(props: DeliveryZipProps) {
  return <ZipForm key={String(useIsLive())} {...props} />;
}

function ZipForm({ zip, place, error, isAsking, onAgain }: DeliveryZipProps) {
  const t = useTranslations("catalog.delivery");
  const message = useErrorMessage();
  const fields = useFields({
    zip: { initial: zip ?? "", check: (value) => (isZip(value.trim()) ? undefined : t("zipFormat")) },
  });
  const field = fields.of("zip");
  const refusal = error === null || error === undefined ? undefined : message(error);
  // What the API says of this ZIP code is no longer meant once another one is being written.
  const isSame = field.value.trim() === zip;
  const where = place !== null && isSame && !isApiError(error) ? t("to", { place: placeOf(place) }) : undefined;
  return (
    <form
      noValidate
      className="flex items-start gap-3"
      onSubmit={fields.submit((written) => {
        const typed = written.zip.trim();
        if (typed === zip) onAgain();
        else keepZip(typed);
      })}
    >
      <TextField
        {...field}
        isValid={false}
        error={field.error ?? (isSame ? refusal : undefined)}
        label={t("zip")}
        hint={where ?? t("zipHint")}
        inputMode="numeric"
        autoComplete="postal-code"
        maxLength={5}
        className="grow"
      />
      <Button type="submit" variant="secondary" isBusy={isAsking} className="mt-7.5 min-h-12">
        {t("zipSend")}
      </Button>
    </form>
  );
}

function placeOf({ city, state, stateName }: NonNullable<Delivery["place"]>): string {
  return city === null ? stateName : `${city}, ${state}`;
}
