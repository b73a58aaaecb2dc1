import type { ReactNode } from "react";
import { Words } from "#web/i18n/words.tsx";
import { ShopFrame } from "#web/shell/frame.tsx";

export default function AccountLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Words of={["orders", "refundAccount", "account", "address", "library"]}>
      <ShopFrame>{children}</ShopFrame>
    </Words>
  );
}
