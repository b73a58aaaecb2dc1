"use client";

import type { Address, Session } from "@muse/contracts/checkout";
import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { useFields, type Fields } from "#web/ui/use-fields.ts";
import { addressChecks, type AddressField } from "./address-checks.ts";
import { emptyDraft, keepDraft, readDraft, type Draft } from "./kept.ts";
import { openSessionKey } from "./session-query.ts";
import { useZipPlace } from "./use-zip-place.ts";

export type DeliveryAddress = {
  readonly fields: Fields<AddressField>;
  /** Sends what is written, once it is whole and differs from what was sent. For every field's blur. */
  readonly saveWhenWhole: () => void;
  /** Sends what is written now; false when it was refused, with the complaint under its field. */
  readonly save: () => Promise<boolean>;
  readonly isSaving: boolean;
  /** How the address office would write it; the shopper decides. */
  readonly suggestion: Address | null;
  readonly takeSuggestion: () => void;
  readonly keepTyped: () => void;
  /** What went wrong that is no field's fault. */
  readonly failure: unknown;
};

type Saved = { readonly session: Session; readonly correctedAddress: Address | null };

/** Where it goes and to whom we write: typed once, kept over a reload, sent as soon as it is whole. */
export function useDeliveryAddress(session: Session): DeliveryAddress {
  const t = useTranslations("checkout.errors");
  const client = useQueryClient();
  const { needsShipping, sessionId } = session;
  const [draft] = useState(() => (typeof window === "undefined" ? emptyDraft : withSaved(readDraft(), session)));
  const checks = addressChecks(t, needsShipping);
  const fields = useFields<AddressField>(specsOf(draft, checks, needsShipping));
  const [suggestion, setSuggestion] = useState<Address | null>(null);
  const sent = useRef(sentOf(session));
  const { values } = fields;
  useZipPlace(fields);
  useEffect(() => keepDraft(values), [values]);

  const saving: UseMutationResult<Saved, Error, Draft> = useMutation({
    scope: { id: "checkout-address" },
    mutationFn: (typed: Draft) =>
      call(
        api.PUT("/api/v1/checkout/sessions/{sessionId}/shipping", {
          params: { path: { sessionId } },
          body: bodyOf(typed),
        }),
      ),
    onSuccess: ({ session: next, correctedAddress }, typed) => {
      sent.current = { of: sessionId, text: textOf(typed) };
      client.setQueryData(openSessionKey, next);
      setSuggestion(correctedAddress);
    },
    onError: (error) => {
      const field = isApiError(error) ? error.failure.field : undefined;
      if (isField(field) && isApiError(error))
        fields.refuse(field, complaintOf(error.failure.details, field, t) ?? error.message);
    },
  });

  const isWhole = (Object.keys(checks) as AddressField[]).every((name) => checks[name](values[name]) === undefined);
  const isSent = (typed: Draft): boolean => sent.current.of === sessionId && sent.current.text === textOf(typed);
  const send = async (typed: Draft): Promise<boolean> => {
    if (isSent(typed)) return true;
    return await saving.mutateAsync(typed).then(
      () => true,
      () => false,
    );
  };
  const isFieldsFault = isApiError(saving.error) && isField(saving.error.failure.field);

  return {
    fields,
    saveWhenWhole: () => {
      if (isWhole && needsShipping && !saving.isPending) void send(values);
    },
    save: () => (needsShipping ? send(values) : Promise.resolve(true)),
    isSaving: saving.isPending,
    suggestion,
    takeSuggestion: () => {
      if (suggestion === null) return;
      const taken = {
        ...values,
        address1: suggestion.address1,
        address2: suggestion.address2 ?? "",
        city: suggestion.city,
      };
      fields.fill(taken);
      setSuggestion(null);
      void send(taken);
    },
    keepTyped: () => setSuggestion(null),
    failure: isFieldsFault ? null : saving.error,
  };
}

/** A session that was filled in already (another tab, another device) goes before an empty draft. */
function withSaved(draft: Draft, { shippingAddress, email }: Session): Draft {
  if (draft.address1 !== "" || draft.email !== "" || shippingAddress === null) return draft;
  const { name, address1, address2, city, state, zip, phone } = shippingAddress;
  return { email: email ?? "", name, address1, address2: address2 ?? "", city, state, zip, phone: phone ?? "" };
}

function specsOf(draft: Draft, checks: ReturnType<typeof addressChecks>, needsShipping: boolean) {
  const spec = (name: AddressField, isRequired: boolean) => ({ initial: draft[name], check: checks[name], isRequired });
  return {
    email: spec("email", true),
    name: spec("name", needsShipping),
    address1: spec("address1", needsShipping),
    address2: spec("address2", false),
    zip: spec("zip", needsShipping),
    city: spec("city", needsShipping),
    state: spec("state", needsShipping),
    phone: spec("phone", false),
  };
}

function sentOf({ sessionId, shippingAddress, email }: Session): { of: string; text: string } {
  if (shippingAddress === null) return { of: sessionId, text: "" };
  const { address2, phone, country: _country, ...rest } = shippingAddress;
  return { of: sessionId, text: textOf({ ...rest, address2: address2 ?? "", phone: phone ?? "", email: email ?? "" }) };
}

function textOf({ email, name, address1, address2, city, state, zip, phone }: Draft): string {
  return JSON.stringify([email, name, address1, address2, city, state, zip, phone].map((text) => text.trim()));
}

function bodyOf({ email, name, address1, address2, city, state, zip, phone }: Draft) {
  return {
    name,
    address1,
    ...(address2.trim() === "" ? {} : { address2 }),
    city,
    state,
    zip,
    country: "US",
    ...(phone.trim() === "" ? {} : { phone }),
    email: email.trim(),
  };
}

function isField(name: string | undefined): name is AddressField {
  return name !== undefined && name in emptyDraft;
}

/** The API's codes of what is wrong with a field, in this page's own words where it has some. */
const worded = ["zip_unknown", "zip_state_mismatch", "state_not_served", "characters", "too_long"] as const;

function complaintOf(
  details: Readonly<Record<string, unknown>> | undefined,
  field: AddressField,
  t: (key: (typeof worded)[number]) => string,
): string | undefined {
  const problems = Array.isArray(details?.["fields"])
    ? (details["fields"] as { field?: unknown; code?: unknown }[])
    : [];
  const code = problems.find((problem) => problem.field === field)?.code;
  const known = worded.find((word) => word === code);
  return known === undefined ? undefined : t(known);
}
