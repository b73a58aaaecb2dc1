import type { ReactNode } from "react";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";

/**
 * A page of the shop: header and footer around it. The page brings its own `<main id="content">`. It has at least a
 * window to itself: whatever comes late or goes, the footer is never seen to move.
 */
export function ShopFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <Header />
      <div className="min-h-dvh grow">{children}</div>
      <Footer />
    </div>
  );
}
