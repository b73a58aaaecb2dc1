import type { ReactNode } from "react";
import { Words } from "#web/i18n/words.tsx";
import { SellFrame } from "#web/sell/sell-frame.tsx";
import { readSeller } from "#web/sell/read-seller.ts";
import { ShopFrame } from "#web/shell/frame.tsx";

/** The shop around a seller's own pages; the way between them only where there are any. */
export default async function SellerLayout({ children }: { readonly children: ReactNode }) {
  const visitor = await readSeller();
  return (
    <Words of={["sell"]}>
      <ShopFrame>
        {visitor.kind === "seller" ? <SellFrame seller={visitor.seller}>{children}</SellFrame> : children}
      </ShopFrame>
    </Words>
  );
}
