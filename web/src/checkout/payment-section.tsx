"use client";

import type { Session } from "@muse/contracts/checkout";
import { PaymentElement } from "@stripe/react-stripe-js";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "#web/ui/class-names.ts";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { RadioCards } from "#web/ui/radio-cards.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { TossFields } from "./toss-fields.tsx";
import type { TossUse } from "./use-toss.ts";

export type StoreFailure = Session["onStoreFailure"];

type PaymentSectionProps = {
  readonly session: Session;
  readonly isStripeLost: boolean;
  readonly toss: TossUse;
  readonly isBillingSame: boolean;
  readonly onBillingSame: (isSame: boolean) => void;
  readonly onStoreFailure: StoreFailure;
  readonly onChooseFailure: (choice: StoreFailure) => void;
};

/** How it is paid, in the provider's own frame, and what happens when a store cannot deliver. */
export function PaymentSection(props: PaymentSectionProps) {
  const t = useTranslations("checkout");
  const { session, toss, onStoreFailure, onChooseFailure } = props;
  const { stores } = session.cartSnapshot;
  const storeCount = stores.length;
  const hasFiles = stores.some(({ kind }) => kind === "digital");
  return (
    <div className="flex flex-col gap-6">
      {session.currency === "KRW" ? <TossFields toss={toss} /> : <Card {...props} />}
      {session.needsShipping && (
        <RadioCards
          name="on-store-failure"
          legend={storeCount > 1 ? t("ifOneFails") : t("ifItFails")}
          value={onStoreFailure}
          onChange={(value) => onChooseFailure(value === "all_or_nothing" ? value : "ship_what_you_can")}
          cards={[
            { value: "ship_what_you_can", title: t("shipRest"), hint: t("shipRestHint") },
            {
              value: "all_or_nothing",
              title: t("allOrNothing"),
              hint: t(hasFiles ? "allOrNothingWithFilesHint" : "allOrNothingHint"),
            },
          ]}
        />
      )}
    </div>
  );
}

function Card({ session, isStripeLost, isBillingSame, onBillingSame }: PaymentSectionProps) {
  const t = useTranslations("checkout");
  return (
    <>
      {isStripeLost ? (
        <Notice role="alert" tone="bad">
          {t("cardFieldsLost")}
        </Notice>
      ) : (
        <CardFields isBillingSame={isBillingSame && session.needsShipping} hasName={session.needsShipping} />
      )}
      {session.needsShipping && (
        <Checkbox
          label={t("billingSame")}
          checked={isBillingSame}
          onChange={({ currentTarget }) => onBillingSame(currentTarget.checked)}
        />
      )}
    </>
  );
}

/** The frame has its place before it has come, so that nothing below it moves. */
function CardFields({ isBillingSame, hasName }: { readonly isBillingSame: boolean; readonly hasName: boolean }) {
  const t = useTranslations("checkout");
  const [isReady, setReady] = useState(false);
  const [isLost, setLost] = useState(false);
  const ask = isBillingSame ? "never" : "auto";
  return (
    <div className={cn("relative", isBillingSame ? "min-h-42" : "min-h-80 sm:min-h-62")}>
      {!isReady && !isLost && (
        <div className="absolute inset-0 flex flex-col gap-4" role="status">
          <span className="sr-only">{t("cardFieldsLoading")}</span>
          <Skeleton className="h-20" />
          <Skeleton className="h-20" />
        </div>
      )}
      {isLost && (
        <Notice role="alert" tone="bad">
          {t("cardFieldsLost")}
        </Notice>
      )}
      <PaymentElement
        options={{
          layout: "tabs",
          fields: {
            billingDetails: { name: hasName ? "never" : "auto", email: "never", phone: "never", address: ask },
          },
          terms: { card: "never" },
        }}
        onReady={() => setReady(true)}
        onLoadError={() => setLost(true)}
      />
    </div>
  );
}
