import type { ReactNode } from "react";
import { Words } from "#web/i18n/words.tsx";
import { CheckoutFrame } from "#web/shell/checkout-frame.tsx";

export default function CheckoutLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Words of={["checkout", "address", "library", "refundAccount"]}>
      <CheckoutFrame>{children}</CheckoutFrame>
    </Words>
  );
}
