"use client";

import type { ProductView, VariantView } from "@muse/contracts/catalog";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { AddToCart } from "#web/cart/index.ts";
import { ButtonLink } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Price } from "#web/ui/price.tsx";
import { Quantity } from "#web/ui/quantity.tsx";
import { DeliveryEstimate } from "./delivery-estimate.tsx";
import type { Delivery } from "./delivery-query.ts";
import { Gallery } from "./gallery.tsx";
import { OptionChips } from "./option-chips.tsx";
import { picturesOf } from "./pictures.ts";
import { useChoice } from "./use-choice.ts";
import { dimensions, isSoldOut, isToBeHad } from "./variants.ts";

type ProductChoiceProps = {
  readonly product: ProductView;
  /** Named by the address. */
  readonly variantId: string | null;
  readonly hasIt: boolean;
  /** Without a ZIP code, as the server read it. */
  readonly delivery: Delivery;
  /** What it is. */
  readonly head: ReactNode;
  /** Who sells it, and how it goes back. */
  readonly foot: ReactNode;
};

const quantityMax = 99;

/** The product, seen and chosen: pictures on one side, on the other everything that leads into the cart. */
export function ProductChoice({ product, variantId, hasIt, delivery, head, foot }: ProductChoiceProps) {
  const { title, variants } = product;
  const { options, choice, variant, choose, ask, isAsked, first } = useChoice(variants, variantId);
  const [wanted, setWanted] = useState(1);
  const max = Math.max(1, Math.min(quantityMax, variant?.availableQuantity ?? quantityMax));
  const quantity = Math.min(wanted, max);
  const isGone = variant === null ? !variants.some(isToBeHad) : !isToBeHad(variant);
  const pictures = picturesOf(product, choice.color);
  return (
    <div className="grid items-start gap-x-16 gap-y-10 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_25rem] xl:gap-x-20">
      <Gallery key={pictures.join(" ")} title={title} pictures={pictures} />
      <div className="flex min-w-0 flex-col gap-7">
        <div className="flex flex-col gap-3">
          {head}
          <ChosenPrice variants={variants} variant={variant} editionLimit={product.editionLimit} />
        </div>
        {dimensions.map(
          (dimension) =>
            options[dimension].length > 0 && (
              <OptionChips
                key={dimension}
                dimension={dimension}
                values={options[dimension]}
                chosen={choice[dimension]}
                onChoose={(value) => choose(dimension, value)}
                isSoldOut={(value) => isSoldOut(variants, choice, dimension, value)}
                isMissing={isAsked(dimension)}
                first={first[dimension]}
              />
            ),
        )}
        {hasIt ? (
          <Owned />
        ) : (
          <Ways
            product={product}
            variant={variant}
            quantity={quantity}
            quantityMax={max}
            onQuantity={setWanted}
            isGone={isGone}
            onVariantMissing={ask}
          />
        )}
        <DeliveryEstimate initial={delivery} variantId={variant?.variantId ?? null} quantity={quantity} />
        {foot}
      </div>
    </div>
  );
}

/** It is bought once: there is nothing to be bought any more, but something to be had. */
function Owned() {
  const t = useTranslations("catalog.product");
  return (
    <Notice tone="good" className="flex flex-wrap items-center justify-between gap-3 py-4">
      <span className="font-medium">{t("owned")}</span>
      <ButtonLink href="/library" variant="secondary" size="sm">
        {t("toLibrary")}
      </ButtonLink>
    </Notice>
  );
}

type WaysProps = {
  readonly product: ProductView;
  readonly variant: VariantView | null;
  readonly quantity: number;
  readonly quantityMax: number;
  readonly onQuantity: (quantity: number) => void;
  readonly isGone: boolean;
  readonly onVariantMissing: () => void;
};

/** Into the cart; of a file also past it. */
function Ways({ product, variant, quantity, quantityMax: max, onQuantity, isGone, onVariantMissing }: WaysProps) {
  const t = useTranslations("catalog.product");
  const { productId, title, kind } = product;
  return (
    <>
      <div className="flex items-stretch gap-3">
        {kind === "physical" && !isGone && (
          <Quantity value={quantity} max={max} label={t("quantity")} onChange={onQuantity} className="h-14" />
        )}
        <AddToCart
          isWide
          size="lg"
          productId={productId}
          title={title}
          variantId={variant?.variantId ?? null}
          quantity={quantity}
          isSoldOut={isGone}
          onVariantMissing={onVariantMissing}
          className="min-w-0 px-4"
        />
      </div>
      {kind === "digital" && !isGone && (
        <ButtonLink href={`/checkout/${productId}`} variant="secondary" className="self-start">
          {t("buyNow")}
        </ButtonLink>
      )}
    </>
  );
}

type ChosenPriceProps = {
  readonly variants: readonly VariantView[];
  readonly variant: VariantView | null;
  readonly editionLimit: number | null;
};

/** Of the one that is chosen, else of the cheapest; told to who cannot see it when it changes. */
function ChosenPrice({ variants, variant, editionLimit }: ChosenPriceProps) {
  const t = useTranslations("catalog");
  const cheapest = variants.toSorted((a, b) => a.priceCents - b.priceCents)[0];
  const shown = variant ?? cheapest;
  if (shown === undefined) return null;
  const isFrom = variant === null && variants.some(({ priceCents }) => priceCents > shown.priceCents);
  return (
    <p aria-live="polite" className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-xl">
      <Price
        display={isFrom ? t("tile.from", { price: shown.priceDisplay }) : shown.priceDisplay}
        originalDisplay={shown.originalPriceDisplay}
      />
      {variant !== null && !isToBeHad(variant) && <span className="text-sm text-muted">{t("product.soldOut")}</span>}
      {editionLimit === null ? (
        variant !== null && <Left variant={variant} />
      ) : (
        <span className="text-sm text-muted">
          {t("product.edition", { left: shown.availableQuantity ?? 0, limit: editionLimit })}
        </span>
      )}
    </p>
  );
}

function Left({ variant: { availability, availableQuantity: left } }: { readonly variant: VariantView }) {
  const t = useTranslations("catalog.product");
  if (availability !== "low_stock" || left === null) return null;
  return <span className="text-sm text-warn">{t("left", { left })}</span>;
}
