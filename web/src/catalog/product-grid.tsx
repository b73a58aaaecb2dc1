import type { ProductTile as Product } from "@muse/contracts/catalog";
import { ProductTile } from "./product-tile.tsx";

type ProductGridProps = {
  readonly products: readonly Product[];
  /** Of the tiles, those whose pictures a visitor sees first. */
  readonly firstCount?: number;
};

/** Products beside a column of filters: two across on a telephone, three beyond. */
export function ProductGrid({ products, firstCount = 0 }: ProductGridProps) {
  return (
    <ul className={gridLook}>
      {products.map((product, index) => (
        <li key={product.productId}>
          <ProductTile
            product={product}
            sizes="(min-width: 64rem) 18rem, (min-width: 40rem) 30vw, 45vw"
            isFirst={index < firstCount}
          />
        </li>
      ))}
    </ul>
  );
}

export const gridLook = "grid grid-cols-2 gap-x-4 gap-y-10 sm:grid-cols-3 sm:gap-x-6";
