import type { ProductTile as Product } from "@muse/contracts/catalog";
import { useTranslations } from "next-intl";
import { Link } from "#web/ui/link.tsx";
import { ProductTile } from "./product-tile.tsx";

/** What costs less than it did, the most reduced first. */
export function HomeSale({ products }: { readonly products: readonly Product[] }) {
  const t = useTranslations("home.sale");
  if (products.length === 0) return null;
  return (
    <section aria-labelledby="sale" className="shell py-16">
      <div className="flex items-baseline justify-between gap-4 pb-8">
        <h2 id="sale" className="text-2xl font-medium tracking-[-0.015em]">
          {t("title")}
        </h2>
        <Link href="/browse?sale=true" className="text-sm">
          {t("all")}
        </Link>
      </div>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-10 sm:gap-x-6 lg:grid-cols-4">
        {products.map((product) => (
          <li key={product.productId}>
            <ProductTile product={product} sizes="(min-width: 64rem) 18rem, 45vw" />
          </li>
        ))}
      </ul>
    </section>
  );
}
