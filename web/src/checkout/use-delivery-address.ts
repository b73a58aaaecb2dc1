"use client";

import type { Address, Session } from "@muse/contracts/checkout";
import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { postalSpecs } from "#web/address/address-checks.ts";
import { fieldComplaint } from "#web/address/api-complaint.ts";
import { useZipPlace } from "#web/address/use-zip-place.ts";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { useFields, type Fields } from "#web/ui/use-fields.ts";
import { checkoutChecks, type CheckoutField } from "./checkout-fields.ts";
import { emptyDraft, keepDraft, readDraft, type Draft } from "./kept.ts";
import { showSession } from "./session-query.ts";
import { useSavedAddress } from "./use-saved-address.ts";

export type DeliveryAddress = {
  readonly fields: Fields<CheckoutField>;
  /** Sends what is written, once it is whole and differs from what was sent. For every field's blur. */
  readonly saveWhenWhole: () => void;
  /**
   * Sends what is written now, after what is under way; false when it was refused, with the complaint under its
   * field. No button is busy meanwhile: pressing one leaves a field, and that press were lost.
   */
  readonly save: () => Promise<boolean>;
  /** Sends what somebody else wrote: a wallet. */
  readonly take: (typed: Draft) => Promise<boolean>;
  /**
   * Whether a session that has just been answered has what was sent from here. Where another tab has written another
   * address, what stands here is sent again at the next press.
   */
  readonly isIn: (answered: Session) => boolean;
  /** How the address office would write it; the shopper decides. */
  readonly suggestion: Address | null;
  readonly takeSuggestion: () => void;
  readonly keepTyped: () => void;
  /** What went wrong that is no field's fault. */
  readonly failure: unknown;
};

/** What became of a mutation, whose failure is told by itself. */
const isDone = [() => true, () => false] as const;

type Saved = { readonly session: Session; readonly correctedAddress: Address | null };

/** Where it goes and to whom we write: typed once, kept over a reload, sent as soon as it is whole. */
export function useDeliveryAddress(session: Session): DeliveryAddress {
  const t = useTranslations("address.errors");
  const { needsShipping, sessionId } = session;
  const [draft] = useState(() => (typeof window === "undefined" ? emptyDraft : withSaved(readDraft(), session)));
  const checks = checkoutChecks(t, needsShipping);
  const fields = useFields<CheckoutField>({
    email: { initial: draft.email, check: checks.email, isRequired: true },
    ...postalSpecs(draft, checks, needsShipping),
  });
  const [suggestion, setSuggestion] = useState<Address | null>(null);
  const sent = useRef(sentOf(session));
  const { values } = fields;
  useZipPlace(fields);
  useEffect(() => keepDraft(values), [values]);

  const saving = useSaving(session, {
    onSaved: (typed, { session: kept, correctedAddress: corrected }) => {
      sent.current = { of: sessionId, text: textOf(typed), kept: sentOf(kept).kept };
      setSuggestion(corrected);
    },
    onRefused: (error) => {
      const complaint = fieldComplaint(error, isField, t);
      if (complaint !== null) fields.refuse(complaint.field, complaint.text);
    },
  });

  const isWhole = (Object.keys(checks) as CheckoutField[]).every((name) => checks[name](values[name]) === undefined);
  const isSent = (typed: Draft): boolean => sent.current.of === sessionId && sent.current.text === textOf(typed);
  const send = async (typed: Draft): Promise<boolean> =>
    (isSent(typed) && !saving.isPending) || (await saving.mutateAsync(typed).then(...isDone));
  useNewSession(sessionId, () => {
    if (isWhole) void send(values);
  });
  const isFieldsFault = fieldComplaint(saving.error, isField, t) !== null;
  useSavedAddress({
    isWanted: needsShipping && isUntouched(draft),
    isStillWanted: isUntouched(values),
    take: (saved) => {
      fields.fill(saved);
      if (saved.email !== "") void send(saved);
    },
  });

  return {
    fields,
    saveWhenWhole: () => {
      if (isWhole && !saving.isPending) void send(values);
    },
    save: () => send(values),
    take: send,
    isIn: (answered) => {
      const isSame = sentOf(answered).kept === sent.current.kept;
      if (!isSame) sent.current = { ...sent.current, text: "" };
      return isSame;
    },
    suggestion,
    takeSuggestion: () => {
      const taken = suggestion === null ? values : withSpelling(values, suggestion);
      fields.fill(taken);
      setSuggestion(null);
      void send(taken);
    },
    keepTyped: () => setSuggestion(null),
    failure: isFieldsFault ? null : saving.error,
  };
}

function withSpelling(typed: Draft, { address1, address2, city }: Address): Draft {
  return { ...typed, address1, address2: address2 ?? "", city };
}

/** The form outlives its session: what stands in it is told to the next one at once. */
function useNewSession(sessionId: string, tell: () => void): void {
  const told = useRef(sessionId);
  useEffect(() => {
    if (told.current === sessionId) return;
    told.current = sessionId;
    tell();
  }, [sessionId, tell]);
}

type SavingHeard = {
  readonly onSaved: (typed: Draft, saved: Saved) => void;
  readonly onRefused: (error: Error) => void;
};

/** One after the other, so that the last that was typed is the last that is sent. */
function useSaving(session: Session, { onSaved, onRefused }: SavingHeard): UseMutationResult<Saved, Error, Draft> {
  const client = useQueryClient();
  return useMutation({
    scope: { id: "checkout-address" },
    mutationFn: (typed: Draft) => (session.needsShipping ? sendAddress(session, typed) : sendEmail(session, typed)),
    onSuccess: (saved, typed) => {
      showSession(client, saved.session);
      onSaved(typed, saved);
    },
    onError: onRefused,
  });
}

async function sendAddress({ sessionId }: Session, typed: Draft): Promise<Saved> {
  const params = { path: { sessionId } };
  return await call(api.PUT("/api/v1/checkout/sessions/{sessionId}/shipping", { params, body: bodyOf(typed) }));
}

/** Nothing of it comes by parcel: where it is sent is all there is to know. */
async function sendEmail(session: Session, { email }: Draft): Promise<Saved> {
  const params = { path: { sessionId: session.sessionId } };
  const set = await call(
    api.PUT("/api/v1/checkout/sessions/{sessionId}/email", { params, body: { email: email.trim() } }),
  );
  return { session: { ...session, email: set.email }, correctedAddress: null };
}

/** A session that was filled in already (another tab, another device) goes before an empty draft. */
function withSaved(draft: Draft, { shippingAddress, email }: Session): Draft {
  if (draft.address1 !== "" || draft.email !== "" || shippingAddress === null) return draft;
  const { name, address1, address2, city, state, zip, phone } = shippingAddress;
  return { email: email ?? "", name, address1, address2: address2 ?? "", city, state, zip, phone: phone ?? "" };
}

/** Nobody has written anything yet: a saved address may stand there. */
function isUntouched({ address1, name, zip, city }: Draft): boolean {
  return [address1, name, zip, city].every((text) => text === "");
}

/** What was typed, and what the session has of it: the API may write it otherwise. */
type Sent = { readonly of: string; readonly text: string; readonly kept: string };

/** As if what the session has had been typed here. */
function sentOf(session: Session): Sent {
  const text = keptText(session);
  return { of: session.sessionId, text, kept: text };
}

function keptText({ shippingAddress, email, needsShipping }: Session): string {
  if (!needsShipping && email !== null) return textOf({ ...emptyDraft, email });
  if (shippingAddress === null) return "";
  const { address2, phone, country: _country, ...rest } = shippingAddress;
  return textOf({ ...rest, address2: address2 ?? "", phone: phone ?? "", email: email ?? "" });
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

function isField(name: string): name is CheckoutField {
  return name in emptyDraft;
}
