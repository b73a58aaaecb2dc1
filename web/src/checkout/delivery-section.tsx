"use client";

import type { Session } from "@muse/contracts/checkout";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { RadioCards, type RadioCard } from "#web/ui/radio-cards.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { dateRange } from "#web/i18n/date-range.ts";
import { choosingDelivery, type DeliveryChoice } from "./choose-delivery.ts";
import { Section } from "./form-parts.tsx";

type Store = Session["cartSnapshot"]["stores"][number];

/** How each store delivers, told as dates. Every store has a choice already; changing one changes the total at once. */
export function DeliverySection({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout");
  const choose = useChoice(session);
  const stores = session.cartSnapshot.stores.filter(({ kind }) => kind === "physical");
  if (stores.length === 0) return null;
  return (
    <Section title={t("delivery")}>
      {session.shippingAddress === null ? (
        <p className="text-sm text-muted">{t("deliveryLater")}</p>
      ) : (
        <div className="flex flex-col gap-6">
          {stores.map((store) => (
            <StoreDelivery key={store.storeId} store={store} onChoose={choose} />
          ))}
        </div>
      )}
    </Section>
  );
}

type StoreDeliveryProps = { readonly store: Store; readonly onChoose: (choice: DeliveryChoice) => void };

function StoreDelivery({ store, onChoose }: StoreDeliveryProps) {
  const t = useTranslations("checkout");
  const locale = useLocale();
  const cards = store.shippingOptions.map((option): RadioCard => ({
    value: option.optionId,
    title: t("arrives", { dates: dateRange(option.deliveryFrom, option.deliveryTo, locale) }),
    hint: option.name,
    aside: option.shippingCents === 0 ? t("free") : option.shippingDisplay,
  }));
  return (
    <RadioCards
      name={`delivery-${store.storeId}`}
      legend={t("deliveryFrom", { store: store.storeName, count: store.itemCount })}
      cards={cards}
      value={store.shippingOptionId ?? undefined}
      onChange={(optionId) => onChoose({ storeId: store.storeId, optionId })}
    />
  );
}

function useChoice({ sessionId }: Session): (choice: DeliveryChoice) => void {
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const params = { path: { sessionId } };
  const { mutate } = useMutation(
    choosingDelivery({
      client,
      send: (choice) =>
        call(
          api.PUT("/api/v1/checkout/sessions/{sessionId}/shipping-options", { params, body: { choices: [choice] } }),
        ),
      onRefused: (error) => toast({ text: message(error), tone: "bad" }),
    }),
  );
  return mutate;
}
