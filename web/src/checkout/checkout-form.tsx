"use client";

import type { Session } from "@muse/contracts/checkout";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { Steps } from "#web/ui/steps.tsx";
import { AddressSection } from "./address-section.tsx";
import { ChangesNotice } from "./changes-notice.tsx";
import { DeliverySection } from "./delivery-section.tsx";
import { ExpressCheckout } from "./express-checkout.tsx";
import { Failure, Over, PayButton, Problem, Section, SummaryFrame } from "./form-parts.tsx";
import { HaveAccount } from "./have-account.tsx";
import { HoldTimer } from "./hold-timer.tsx";
import { takeRefusal, type Refusal } from "./kept.ts";
import { OrderSummary } from "./order-summary.tsx";
import { PaymentSection, type StoreFailure } from "./payment-section.tsx";
import { RefusedItems, refusedItems } from "./refused-items.tsx";
import type { TossSource } from "./toss-script.ts";
import type { Changes } from "./use-changes.ts";
import { useDeliveryAddress } from "./use-delivery-address.ts";
import { usePay } from "./use-pay.ts";
import { usePress } from "./use-press.ts";
import type { StripeUse } from "./use-stripe.ts";
import { useTossPay, useTossWidget } from "./use-toss.ts";
import type { Wallets } from "./use-wallets.ts";
import { formPath, type Wish } from "./wish.ts";

type CheckoutFormProps = {
  readonly wish: Wish;
  readonly session: Session;
  readonly provider: StripeUse;
  readonly tossSource: TossSource;
  readonly wallets: Wallets;
  readonly changes: Changes;
  /** Why the session could not be read anew; what is shown is the last that was. */
  readonly refused: unknown;
  readonly onRefresh: () => void;
  readonly isRefreshing: boolean;
};

/** What is bought stands beside what must be filled in; on a telephone above it, folded. */
export function CheckoutForm(props: CheckoutFormProps) {
  const { session, changes } = props;
  const { isOver, onOver } = useOver(session);
  return (
    <div className="grid gap-x-16 gap-y-8 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex flex-col gap-8 lg:order-2">
        <SummaryFrame session={session}>
          <OrderSummary session={session} changes={changes.list ?? []} />
        </SummaryFrame>
      </div>
      <div className="flex min-w-0 flex-col gap-10">
        <Filling {...props} isOver={isOver} onOver={onOver} />
      </div>
    </div>
  );
}

type FillingProps = CheckoutFormProps & { readonly isOver: boolean; readonly onOver: () => void };

function Filling({ wish, session, provider, tossSource, wallets, changes, refused, isOver, ...more }: FillingProps) {
  const t = useTranslations("checkout");
  const [isBillingSame, setBillingSame] = useState(true);
  const [onStoreFailure, setFailure] = useState<StoreFailure>(session.onStoreFailure);
  const address = useDeliveryAddress(session);
  const press = usePress(session.sessionId);
  const { toss, pay } = useEitherWay({ session, address, onStoreFailure, isBillingSame }, tossSource);
  const refusal = useRefusal(session.sessionId);
  const said = press.problem ?? refusal?.message ?? null;
  const items = refusedItems(refused);
  const isPayable = !isOver && items.length === 0;
  return (
    <>
      {isPayable && (
        <ExpressCheckout {...{ session, wallets, address, onStoreFailure, press, stripe: provider.stripe }} />
      )}
      <form
        noValidate
        onSubmit={address.fields.submit(() => void press.run(pay))}
        className="flex min-w-0 flex-col gap-10"
      >
        <Progress session={session} />
        {items.length === 0 ? (
          <ChangesNotice changes={changes} />
        ) : (
          <RefusedItems error={refused} session={session} changes={changes} />
        )}
        <Section title={t(contactOf(session))} aside={<HaveAccount form={formPath(wish)} />}>
          <AddressSection address={address} needsShipping={session.needsShipping} />
          <Failure error={address.failure} />
        </Section>
        <DeliverySection session={session} />
        <Section title={t("payment")}>
          <PaymentSection
            {...{ session, isBillingSame, onStoreFailure, isStripeLost: provider.isLost, toss }}
            onBillingSame={setBillingSame}
            onChooseFailure={setFailure}
          />
        </Section>
        {said !== null && !isOver && <Problem text={said} />}
        {isOver && <Over error={refused} onRefresh={more.onRefresh} isRefreshing={more.isRefreshing} />}
        {isPayable && (
          <PayButton session={session} isBusy={press.isBusy}>
            <HoldTimer session={session} onOver={more.onOver} />
          </PayButton>
        )}
      </form>
    </>
  );
}

/** Dollars are paid by card, won by what Toss offers. */
function useEitherWay(input: Parameters<typeof usePay>[0], tossSource: TossSource) {
  const byCard = usePay(input);
  const toss = useTossWidget(input.session, tossSource);
  const inWon = useTossPay({ ...input, toss });
  return { toss, pay: input.session.currency === "KRW" ? inWon : byCard };
}

/** Over for this session only: the one that a refresh brings begins anew. */
function useOver({ sessionId, status, secondsLeft }: Session): {
  readonly isOver: boolean;
  readonly onOver: () => void;
} {
  const [overId, setOver] = useState<string | null>(null);
  const onOver = useCallback(() => setOver(sessionId), [sessionId]);
  return { isOver: overId === sessionId || status === "expired" || secondsLeft === 0, onOver };
}

/** The delivery has a choice from the start, so it is done as soon as there is an address. */
function Progress({ session: { needsShipping, shippingAddress, email } }: { readonly session: Session }) {
  const t = useTranslations("checkout");
  const steps = [t(contactOf({ needsShipping })), ...(needsShipping ? [t("delivery")] : []), t("payment")];
  const isReached = needsShipping ? shippingAddress !== null : email !== null;
  const current = isReached ? steps.length - 1 : 0;
  return <Steps label={t("progress")} steps={steps} current={current} />;
}

/** Files go nowhere: all that is asked for is an e-mail address. */
function contactOf({ needsShipping }: Pick<Session, "needsShipping">) {
  return needsShipping ? "contact" : "contactFiles";
}

/** Of this session alone, and only the first time that it is shown. */
function useRefusal(sessionId: string): Refusal | null {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const of = useRef(sessionId);
  useEffect(() => {
    const isSame = of.current === sessionId;
    of.current = sessionId;
    setRefusal((known) => (isSame ? (known ?? takeRefusal(sessionId)) : null));
  }, [sessionId]);
  return refusal;
}
