"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ButtonLink } from "#web/ui/link.tsx";

/**
 * The way on. The checkout's scripts weigh as much as the cart's own, so they are fetched when somebody is about to
 * press, and not by everybody who looks into their cart.
 */
export function CheckoutLink() {
  const t = useTranslations("cart");
  const [isMeant, setMeant] = useState(false);
  const onMeant = (): void => setMeant(true);
  return (
    <ButtonLink
      href="/checkout"
      size="lg"
      isWide
      prefetch={isMeant ? true : null}
      onPointerEnter={onMeant}
      onPointerDown={onMeant}
      onFocus={onMeant}
    >
      {t("checkout")}
    </ButtonLink>
  );
}
