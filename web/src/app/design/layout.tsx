import type { ReactNode } from "react";
import { Words } from "#web/i18n/words.tsx";
import { ShopFrame } from "#web/shell/frame.tsx";

export default function DesignLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Words of={["design"]}>
      <ShopFrame>{children}</ShopFrame>
    </Words>
  );
}
