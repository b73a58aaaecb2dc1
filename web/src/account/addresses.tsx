"use client";

import type { SavedAddress } from "@muse/contracts/address";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AddressLines } from "#web/address/address-lines.tsx";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { ErrorState, useErrorMessage } from "#web/ui/error-state.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { Badge } from "#web/ui/status.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { AccountSection } from "./account-section.tsx";
import { AddressSheet } from "./address-sheet.tsx";
import { addressesQuery } from "./addresses-query.ts";

/** The addresses that are kept: to be added to, changed, put first and removed. */
export function Addresses() {
  const t = useTranslations("account.addresses");
  const { data, error, refetch, isFetching } = useQuery(addressesQuery);
  const [edited, setEdited] = useState<SavedAddress | "new" | null>(null);
  return (
    <AccountSection title={t("title")} body={t("body")}>
      <div className="flex flex-col items-start gap-5">
        {data === undefined && error === null && <Skeleton className="h-36 w-full rounded" />}
        {data === undefined && error !== null && (
          <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} className="py-0" />
        )}
        {data?.length === 0 && <p className="text-muted">{t("none")}</p>}
        {data !== undefined && data.length > 0 && (
          <ul className="grid w-full gap-4 sm:grid-cols-2">
            {data.map((address) => (
              <AddressCard key={address.addressId} address={address} onEdit={() => setEdited(address)} />
            ))}
          </ul>
        )}
        {data !== undefined && (
          <Button variant="secondary" onClick={() => setEdited("new")}>
            <Plus aria-hidden="true" className="size-4" />
            {t("add")}
          </Button>
        )}
      </div>
      {edited !== null && <AddressSheet address={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </AccountSection>
  );
}

type AddressCardProps = { readonly address: SavedAddress; readonly onEdit: () => void };

function AddressCard({ address, onEdit }: AddressCardProps) {
  const t = useTranslations("account.addresses");
  const { remove, prefer, isBusy } = useAddressChanges(address);
  const named = `${address.name}, ${address.address1}`;
  return (
    <li className="flex flex-col gap-4 rounded border border-line bg-surface p-5">
      <div className="flex grow items-start justify-between gap-3 text-sm">
        <AddressLines address={address} className="min-w-0 break-words first-line:font-medium" />
        {address.isDefault && <Badge tone="good">{t("default")}</Badge>}
      </div>
      <div className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <TextButton text={t("edit")} of={named} onPress={onEdit} isDisabled={isBusy} />
        {!address.isDefault && <TextButton text={t("makeDefault")} of={named} onPress={prefer} isDisabled={isBusy} />}
        <TextButton text={t("remove")} of={named} onPress={remove} isDisabled={isBusy} />
      </div>
    </li>
  );
}

type TextButtonProps = {
  readonly text: string;
  /** Which address it is about: the text alone does not tell. */
  readonly of: string;
  readonly onPress: () => void;
  readonly isDisabled: boolean;
};

function TextButton({ text, of, onPress, isDisabled }: TextButtonProps) {
  return (
    <button
      type="button"
      disabled={isDisabled}
      onClick={onPress}
      className="touch text-muted underline decoration-edge underline-offset-4 hover:text-ink"
    >
      {text}
      <span className="sr-only"> {of}</span>
    </button>
  );
}

/** What is removed can be taken back, so nobody is asked whether they are sure. */
function useAddressChanges({ addressId, isDefault, createdAt: _createdAt, ...postal }: SavedAddress) {
  const t = useTranslations("account.addresses");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const params = { path: { addressId } };
  const onError = (error: Error): void => toast({ text: message(error), tone: "bad" });
  const onSettled = () => client.invalidateQueries({ queryKey: addressesQuery.queryKey });
  const putBack = (): void => {
    call(api.POST("/api/v1/addresses", { body: { ...postal, isDefault } })).then(onSettled, onError);
  };
  const removing = useMutation({
    mutationFn: () => call(api.DELETE("/api/v1/addresses/{addressId}", { params })),
    onSuccess: () => toast({ text: t("removed"), action: { label: t("undo"), onPress: putBack } }),
    onError,
    onSettled,
  });
  const preferring = useMutation({
    mutationFn: () => call(api.POST("/api/v1/addresses/{addressId}/default", { params })),
    onError,
    onSettled,
  });
  return {
    remove: () => removing.mutate(),
    prefer: () => preferring.mutate(),
    isBusy: removing.isPending || preferring.isPending,
  };
}
