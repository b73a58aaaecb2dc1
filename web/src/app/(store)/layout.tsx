import type { ReactNode } from "react";
import { Words } from "#web/i18n/words.tsx";
import { ShopFrame } from "#web/shell/frame.tsx";

export default function StoreLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Words of={["catalog", "cart"]}>
      <ShopFrame>{children}</ShopFrame>
    </Words>
  );
}
