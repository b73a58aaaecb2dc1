"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Select } from "#web/ui/select.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import type { FieldProps } from "#web/ui/use-fields.ts";
import type { PostalField } from "./address-checks.ts";
import { states } from "./states.ts";

type PostalFieldsProps = {
  /** `useFields(…).of`, or the same with something more to do when a field is left. */
  readonly fieldOf: (name: PostalField) => FieldProps<PostalField>;
};

/**
 * Name, street, ZIP code, city, state, phone: the ZIP code before city and state because it usually knows them. For a
 * grid of six columns.
 */
export function PostalFields({ fieldOf }: PostalFieldsProps) {
  const t = useTranslations("address");
  const [isUnfolded, setUnfolded] = useState(false);
  const hasLine2 = isUnfolded || fieldOf("address2").value !== "";
  return (
    <>
      <TextField {...fieldOf("name")} label={t("name")} autoComplete="name" className="col-span-6" />
      <div className="col-span-6 flex flex-col gap-1">
        <TextField {...fieldOf("address1")} label={t("street")} autoComplete="address-line1" />
        {!hasLine2 && (
          <button
            type="button"
            onClick={() => setUnfolded(true)}
            className="touch self-start py-1 text-xs text-muted underline underline-offset-4 hover:text-ink"
          >
            {t("addLine2")}
          </button>
        )}
      </div>
      {hasLine2 && (
        <TextField {...fieldOf("address2")} label={t("line2")} autoComplete="address-line2" className="col-span-6" />
      )}
      <TextField
        {...fieldOf("zip")}
        label={t("zip")}
        inputMode="numeric"
        autoComplete="postal-code"
        maxLength={10}
        className="col-span-3 sm:col-span-2"
      />
      <TextField
        {...fieldOf("city")}
        label={t("city")}
        autoComplete="address-level2"
        className="col-span-6 row-start-auto sm:col-span-4"
      />
      <StateSelect fieldOf={fieldOf} />
      <TextField
        {...fieldOf("phone")}
        label={t("phone")}
        hint={t("phoneHint")}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        className="col-span-6 sm:col-span-3"
      />
    </>
  );
}

function StateSelect({ fieldOf }: PostalFieldsProps) {
  const t = useTranslations("address");
  const { isValid: _isValid, ...props } = fieldOf("state");
  return (
    <Select
      {...props}
      label={t("state")}
      autoComplete="address-level1"
      className="col-span-6 sm:col-span-3"
      options={[
        { value: "", label: t("chooseState"), isDisabled: true },
        ...states.map(([value, label]) => ({ value, label })),
      ]}
    />
  );
}
