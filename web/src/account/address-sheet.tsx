"use client";

import type { PostalAddress, SavedAddress } from "@muse/contracts/address";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  emptyPostal,
  postalChecks,
  postalSpecs,
  type PostalField,
  type PostalValues,
} from "#web/address/address-checks.ts";
import { AddressSuggestion } from "#web/address/address-suggestion.tsx";
import { fieldComplaint, isPostalField } from "#web/address/api-complaint.ts";
import { PostalFields } from "#web/address/postal-fields.tsx";
import { useZipPlace } from "#web/address/use-zip-place.ts";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { Sheet } from "#web/ui/dialog.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { addressesQuery } from "./addresses-query.ts";

type AddressSheetProps = {
  /** The one to change; null: a new one. */
  readonly address: SavedAddress | null;
  readonly onClose: () => void;
};

/** The checkout's own fields, for an address that is kept. */
export function AddressSheet({ address, onClose }: AddressSheetProps) {
  const t = useTranslations("account.addresses");
  const say = useTranslations("address.errors");
  const message = useErrorMessage();
  const [isDefault, setDefault] = useState(address?.isDefault ?? false);
  const [initial] = useState(() => valuesOf(address));
  const fields = useFields<PostalField>(postalSpecs(initial, postalChecks(say, true), true));
  useZipPlace(fields);
  const { save, isSaving, error, written, setWritten } = useSaving(
    address,
    (failure) => {
      const complaint = fieldComplaint(failure, isPostalField, say);
      if (complaint !== null) fields.refuse(complaint.field, complaint.text);
    },
    onClose,
  );
  const take = (suggested: PostalAddress): void => {
    const next = { ...fields.values, ...valuesOf(suggested), phone: fields.values.phone };
    fields.fill(next);
    save({ values: next, isDefault, isFinal: true });
  };
  return (
    <Sheet isOpen onOpenChange={onClose} title={t(address === null ? "newTitle" : "editTitle")}>
      <form
        noValidate
        onSubmit={fields.submit((values) => save({ values, isDefault, isFinal: false }))}
        className="grid grid-cols-6 gap-x-4 gap-y-5"
      >
        <PostalFields fieldOf={fields.of} />
        {/* The first address is the default one whether it is ticked or not, and stays it until another is. */}
        {address?.isDefault !== true && (
          <Checkbox
            label={t("asDefault")}
            checked={isDefault}
            onChange={({ currentTarget: { checked } }) => setDefault(checked)}
            className="col-span-6"
          />
        )}
        {written !== null && (
          <AddressSuggestion
            typed={fields.values}
            written={written}
            onKeep={() => setWritten(null)}
            onTake={() => take(written)}
          />
        )}
        {error !== null && fieldComplaint(error, isPostalField, say) === null && (
          <Notice role="alert" tone="bad" className="col-span-6">
            {message(error)}
          </Notice>
        )}
        <Button type="submit" isWide isBusy={isSaving} className="col-span-6">
          {t("save")}
        </Button>
      </form>
    </Sheet>
  );
}

type Saving = {
  readonly values: PostalValues;
  readonly isDefault: boolean;
  /** Whether the shopper has seen how the address office writes it. */
  readonly isFinal: boolean;
};

/** Saves what was typed. Where the office writes it otherwise, that is shown before the form closes. */
function useSaving(address: SavedAddress | null, onRefused: (error: Error) => void, onDone: () => void) {
  const t = useTranslations("account.addresses");
  const client = useQueryClient();
  const toast = useToast();
  const [saved, setSaved] = useState(address);
  const [written, setWritten] = useState<PostalAddress | null>(null);
  const close = (): void => {
    setWritten(null);
    toast({ text: t("saved") });
    onDone();
  };
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ values, isDefault }: Saving) => {
      const body = { ...bodyOf(values), isDefault };
      if (saved === null) return call(api.POST("/api/v1/addresses", { body }));
      const params = { path: { addressId: saved.addressId } };
      return call(api.PUT("/api/v1/addresses/{addressId}", { params, body }));
    },
    onSuccess: async ({ address: now, correctedAddress }, { isFinal }) => {
      setSaved(now);
      await client.invalidateQueries({ queryKey: addressesQuery.queryKey });
      if (correctedAddress === null || isFinal) close();
      else setWritten(correctedAddress);
    },
    onError: onRefused,
  });
  return {
    save: mutate,
    isSaving: isPending,
    error,
    written,
    setWritten: (next: null) => {
      setWritten(next);
      close();
    },
  };
}

function valuesOf(address: PostalAddress | null): PostalValues {
  if (address === null) return emptyPostal;
  const { name, address1, address2, city, state, zip, phone } = address;
  return { name, address1, address2: address2 ?? "", city, state, zip, phone: phone ?? "" };
}

function bodyOf({ address2, phone, ...values }: PostalValues) {
  return {
    ...values,
    country: "US",
    ...(address2.trim() === "" ? {} : { address2 }),
    ...(phone.trim() === "" ? {} : { phone }),
  };
}
