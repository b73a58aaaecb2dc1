"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import type { AddressField } from "./address-checks.ts";
import { states } from "./states.ts";
import type { DeliveryAddress } from "./use-delivery-address.ts";

type AddressSectionProps = { readonly address: DeliveryAddress; readonly needsShipping: boolean };

/** Who and where: seven fields, the ZIP before city and state because it usually knows them. */
export function AddressSection({ address, needsShipping }: AddressSectionProps) {
  const t = useTranslations("checkout");
  const field = (name: AddressField) => fieldProps(address, name);
  return (
    <div className="grid grid-cols-6 gap-x-4 gap-y-5">
      <TextField
        {...field("email")}
        label={t("email")}
        hint={t("emailHint")}
        type="email"
        inputMode="email"
        autoComplete="email"
        className="col-span-6"
      />
      {needsShipping && <PostalFields address={address} />}
    </div>
  );
}

function PostalFields({ address }: { readonly address: DeliveryAddress }) {
  const t = useTranslations("checkout");
  const [hasLine2, setHasLine2] = useState(address.fields.values.address2 !== "");
  const field = (name: AddressField) => fieldProps(address, name);
  return (
    <>
      <TextField {...field("name")} label={t("name")} autoComplete="name" className="col-span-6" />
      <div className="col-span-6 flex flex-col gap-1">
        <TextField {...field("address1")} label={t("street")} autoComplete="address-line1" />
        {!hasLine2 && (
          <button
            type="button"
            onClick={() => setHasLine2(true)}
            className="touch self-start py-1 text-xs text-muted underline underline-offset-4 hover:text-ink"
          >
            {t("addLine2")}
          </button>
        )}
      </div>
      {hasLine2 && (
        <TextField {...field("address2")} label={t("line2")} autoComplete="address-line2" className="col-span-6" />
      )}
      <TextField
        {...field("zip")}
        label={t("zip")}
        inputMode="numeric"
        autoComplete="postal-code"
        maxLength={10}
        className="col-span-3 sm:col-span-2"
      />
      <TextField
        {...field("city")}
        label={t("city")}
        autoComplete="address-level2"
        className="col-span-6 row-start-auto sm:col-span-4"
      />
      <StateSelect address={address} />
      <TextField
        {...field("phone")}
        label={t("phone")}
        hint={t("phoneHint")}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        className="col-span-6 sm:col-span-3"
      />
      <Suggestion address={address} />
    </>
  );
}

function StateSelect({ address }: { readonly address: DeliveryAddress }) {
  const t = useTranslations("checkout");
  const { isValid: _isValid, ...props } = fieldProps(address, "state");
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

function fieldProps(address: DeliveryAddress, name: AddressField) {
  const { onBlur, ...props } = address.fields.of(name);
  return {
    ...props,
    onBlur: () => {
      onBlur();
      address.saveWhenWhole();
    },
  };
}

/** What was typed beside what the address office would write. Nothing is changed before the shopper says so. */
function Suggestion({ address }: { readonly address: DeliveryAddress }) {
  const t = useTranslations("checkout.suggestion");
  const { suggestion, fields } = address;
  if (suggestion === null) return null;
  const { address1, address2, city, state, zip } = fields.values;
  const typed = [address1, address2, `${city}, ${state} ${zip}`];
  const written = [
    suggestion.address1,
    suggestion.address2 ?? "",
    `${suggestion.city}, ${suggestion.state} ${suggestion.zip}`,
  ];
  return (
    <Notice role="status" className="col-span-6 flex flex-col gap-4">
      <p className="font-medium">{t("title")}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Spelling title={t("typed")} lines={typed} action={t("keep")} onPress={address.keepTyped} variant="secondary" />
        <Spelling
          title={t("written")}
          lines={written}
          action={t("take")}
          onPress={address.takeSuggestion}
          variant="secondary"
        />
      </div>
    </Notice>
  );
}

type SpellingProps = {
  readonly title: string;
  readonly lines: readonly string[];
  readonly action: string;
  readonly onPress: () => void;
  readonly variant: "secondary";
};

function Spelling({ title, lines, action, onPress, variant }: SpellingProps) {
  return (
    <div className="flex flex-col items-start gap-1">
      <p className="text-xs text-muted">{title}</p>
      <address className="not-italic">
        {lines
          .filter((line) => line !== "")
          .map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
      </address>
      <Button variant={variant} size="sm" className="mt-2" onClick={onPress}>
        {action}
      </Button>
    </div>
  );
}
