"use client";

import type { Session } from "@muse/contracts/checkout";
import { ExpressCheckoutElement } from "@stripe/react-stripe-js";
import { useTranslations } from "next-intl";
import type { StoreFailure } from "./payment-section.tsx";
import { StripeGroup } from "./stripe-group.tsx";
import type { DeliveryAddress } from "./use-delivery-address.ts";
import { useExpress } from "./use-express.ts";
import type { Press } from "./use-press.ts";
import type { StripeUse } from "./use-stripe.ts";
import type { Wallets } from "./use-wallets.ts";

type ExpressProps = {
  readonly session: Session;
  readonly stripe: StripeUse["stripe"];
  readonly wallets: Wallets;
  readonly address: DeliveryAddress;
  readonly onStoreFailure: StoreFailure;
  readonly press: Press;
};

/**
 * Before the form, for whoever has a wallet: everything below is then filled in by it. Where there is none, nothing is
 * here. Its fields are a group of their own, so that what a sheet is asked about never touches the card's.
 */
export function ExpressCheckout({ session, stripe, wallets, ...rest }: ExpressProps) {
  const t = useTranslations("checkout.express");
  // Stripe's wallets pay no won.
  if (wallets.state === "none" || session.currency === "KRW") return null;
  return (
    <section aria-label={t("title")} className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <h2 className="text-sm font-medium">{t("title")}</h2>
        <StripeGroup stripe={stripe} session={session}>
          <Buttons session={session} wallets={wallets} {...rest} />
        </StripeGroup>
      </div>
      <p className="flex items-center gap-4 text-xs text-muted before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        {t("or")}
      </p>
    </section>
  );
}

function Buttons({ session, wallets, address, onStoreFailure, press }: Omit<ExpressProps, "stripe">) {
  const { onClick, onAddress, onConfirm } = useExpress({ session, address, onStoreFailure, press });
  return (
    <div className="min-h-12">
      <ExpressCheckoutElement
        options={{
          buttonHeight: 48,
          layout: { maxColumns: 2, maxRows: 1, overflow: "never" },
        }}
        onReady={({ availablePaymentMethods }) => wallets.found(availablePaymentMethods !== undefined)}
        onLoadError={() => wallets.found(false)}
        onClick={onClick}
        onShippingAddressChange={onAddress}
        onShippingRateChange={({ resolve }) => resolve()}
        onConfirm={onConfirm}
      />
    </div>
  );
}
