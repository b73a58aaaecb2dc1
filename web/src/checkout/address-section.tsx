"use client";

import { useTranslations } from "next-intl";
import { AddressSuggestion } from "#web/address/address-suggestion.tsx";
import { PostalFields } from "#web/address/postal-fields.tsx";
import type { FieldProps } from "#web/ui/use-fields.ts";
import { TextField } from "#web/ui/text-field.tsx";
import type { CheckoutField } from "./checkout-fields.ts";
import type { DeliveryAddress } from "./use-delivery-address.ts";

type AddressSectionProps = { readonly address: DeliveryAddress; readonly needsShipping: boolean };

/** Who and where. What is whole when a field is left is sent at once. */
export function AddressSection({ address, needsShipping }: AddressSectionProps) {
  const t = useTranslations("checkout");
  const { fields, suggestion } = address;
  const fieldOf = <Name extends CheckoutField>(name: Name): FieldProps<Name> => {
    const { onBlur, ...props } = fields.of(name);
    return {
      ...props,
      name,
      onBlur: () => {
        onBlur();
        address.saveWhenWhole();
      },
    };
  };
  return (
    <div className="grid grid-cols-6 gap-x-4 gap-y-5">
      <TextField
        {...fieldOf("email")}
        label={t("email")}
        hint={t(needsShipping ? "emailHint" : "emailHintFiles")}
        type="email"
        inputMode="email"
        autoComplete="email"
        className="col-span-6"
      />
      {needsShipping && <PostalFields fieldOf={fieldOf} />}
      {needsShipping && suggestion !== null && (
        <AddressSuggestion
          typed={fields.values}
          written={suggestion}
          onKeep={address.keepTyped}
          onTake={address.takeSuggestion}
        />
      )}
    </div>
  );
}
