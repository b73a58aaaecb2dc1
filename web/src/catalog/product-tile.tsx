import type { ProductTile as Product } from "@muse/contracts/catalog";
import { useTranslations } from "next-intl";
import NextLink from "next/link";
import { cn } from "#web/ui/class-names.ts";
import { Picture } from "#web/ui/picture.tsx";
import { Price } from "#web/ui/price.tsx";

type ProductTileProps = {
  readonly product: Product;
  /** How wide a tile is drawn. */
  readonly sizes: string;
  readonly isFirst?: boolean;
};

/** A product in a grid: picture, name, store, price. One link; the whole tile is its target. */
export function ProductTile({ product, sizes, isFirst = false }: ProductTileProps) {
  const t = useTranslations("catalog.tile");
  const { productId, kind, title, storeName, imageUrl, availability } = product;
  const isGone = availability === "out_of_stock";
  return (
    <article className="group relative flex flex-col gap-3">
      <Picture
        src={imageUrl}
        alt=""
        sizes={sizes}
        ratio="4/5"
        isFirst={isFirst}
        className={cn("transition-opacity group-hover:opacity-90", isGone && "opacity-50")}
      />
      <div className="flex flex-col gap-0.5 text-sm">
        <h3 className="leading-snug font-medium">
          <NextLink
            href={`/products/${productId}`}
            className="rounded underline-offset-4 group-hover:underline group-hover:decoration-1 after:absolute after:inset-0"
          >
            {title}
          </NextLink>
        </h3>
        <p className="text-muted">{kind === "digital" ? t("digital", { store: storeName }) : storeName}</p>
        <TilePrice product={product} />
      </div>
    </article>
  );
}

function TilePrice({ product }: { readonly product: Product }) {
  const t = useTranslations("catalog.tile");
  const { availability, priceCents, priceMaxCents, priceDisplay, originalPriceDisplay } = product;
  if (availability === "out_of_stock") return <p className="mt-1 text-muted">{t("outOfStock")}</p>;
  const display = priceMaxCents > priceCents ? t("from", { price: priceDisplay }) : priceDisplay;
  return (
    <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
      <Price display={display} originalDisplay={originalPriceDisplay} />
      {availability === "low_stock" && <span className="text-xs text-warn">{t("lowStock")}</span>}
    </p>
  );
}
