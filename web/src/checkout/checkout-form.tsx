"use client";

import type { Session } from "@muse/contracts/checkout";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Steps } from "#web/ui/steps.tsx";
import { AddressSection } from "./address-section.tsx";
import type { Change } from "./changes.ts";
import { ChangesNotice } from "./changes-notice.tsx";
import { DeliverySection } from "./delivery-section.tsx";
import { Failure, Over, PayButton, Problem, Section, SummaryFrame } from "./form-parts.tsx";
import { HoldTimer } from "./hold-timer.tsx";
import { takeRefusal, type Refusal } from "./kept.ts";
import { OrderSummary } from "./order-summary.tsx";
import { PaymentSection, type StoreFailure } from "./payment-section.tsx";
import { useDeliveryAddress } from "./use-delivery-address.ts";
import { usePay } from "./use-pay.ts";

type CheckoutFormProps = {
  readonly session: Session;
  readonly isStripeLost: boolean;
  readonly changes: readonly Change[] | null;
  readonly onRefresh: () => void;
  readonly isRefreshing: boolean;
};

/** What is bought stands beside what must be filled in; on a telephone above it, folded. */
export function CheckoutForm(props: CheckoutFormProps) {
  const { session, onRefresh, isRefreshing } = props;
  const [isOver, setOver] = useState(session.status === "expired" || session.secondsLeft === 0);
  const onOver = useCallback(() => setOver(true), []);
  return (
    <div className="grid gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex flex-col gap-8 lg:order-2">
        <SummaryFrame total={session.cartSnapshot.summary.totalDisplay}>
          <OrderSummary session={session} />
          <HoldTimer session={session} onOver={onOver} />
        </SummaryFrame>
      </div>
      <div className="flex min-w-0 flex-col gap-10">
        <Filling {...props} isOver={isOver} />
        {isOver && <Over onRefresh={onRefresh} isRefreshing={isRefreshing} />}
      </div>
    </div>
  );
}

function Filling({ session, isStripeLost, changes, isOver }: CheckoutFormProps & { readonly isOver: boolean }) {
  const t = useTranslations("checkout");
  const [isBillingSame, setBillingSame] = useState(true);
  const [onStoreFailure, setFailure] = useState<StoreFailure>(session.onStoreFailure);
  const address = useDeliveryAddress(session);
  const { isPaying, problem, pay } = usePay({ session, address, onStoreFailure, isBillingSame });
  const refusal = useRefusal(session.sessionId);
  const said = isOver ? null : (problem ?? refusal?.message ?? null);
  return (
    <form noValidate onSubmit={address.fields.submit(pay)} className="flex min-w-0 flex-col gap-10">
      <Progress session={session} />
      {changes !== null && <ChangesNotice changes={changes} currency={session.currency} />}
      <Section title={t("contact")}>
        <AddressSection address={address} needsShipping={session.needsShipping} />
        <Failure error={address.failure} />
      </Section>
      {session.needsShipping && (
        <Section title={t("delivery")}>
          <DeliverySection session={session} />
        </Section>
      )}
      <Section title={t("payment")}>
        <PaymentSection
          {...{ session, isStripeLost, isBillingSame, onStoreFailure }}
          onBillingSame={setBillingSame}
          onChooseFailure={setFailure}
        />
      </Section>
      {said !== null && <Problem text={said} />}
      {!isOver && <PayButton session={session} isBusy={isPaying || address.isSaving} />}
    </form>
  );
}

/** The delivery has a choice from the start, so it is done as soon as there is an address. */
function Progress({ session: { needsShipping, shippingAddress } }: { readonly session: Session }) {
  const t = useTranslations("checkout");
  const steps = [t("steps.contact"), ...(needsShipping ? [t("steps.delivery")] : []), t("steps.payment")];
  const current = needsShipping && shippingAddress === null ? 0 : steps.length - 1;
  return <Steps label={t("progress")} steps={steps} current={current} />;
}

function useRefusal(sessionId: string): Refusal | null {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => setRefusal((known) => known ?? takeRefusal(sessionId)), [sessionId]);
  return refusal;
}
