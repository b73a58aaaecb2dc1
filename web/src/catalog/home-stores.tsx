import type { ProductTile, StoreView } from "@muse/contracts/catalog";
import { useTranslations } from "next-intl";
import NextLink from "next/link";
import { Picture } from "#web/ui/picture.tsx";

export type StoreShelf = { readonly store: StoreView; readonly products: readonly ProductTile[] };

/** The first of the stores, each with three of its things. */
export function HomeStores({ shelves }: { readonly shelves: readonly StoreShelf[] }) {
  const t = useTranslations("home.stores");
  return (
    <section aria-labelledby="stores" className="shell py-16">
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 pb-8">
        <h2 id="stores" className="text-2xl font-medium tracking-[-0.015em]">
          {t("title")}
        </h2>
        <p className="text-muted">{t("body")}</p>
      </div>
      <ul className="grid border-t border-line sm:grid-cols-2 sm:gap-x-12 lg:gap-x-20">
        {shelves.map((shelf) => (
          <Shelf key={shelf.store.storeId} {...shelf} hasTwin={twinOf(shelf, shelves) !== undefined} />
        ))}
      </ul>
    </section>
  );
}

/** A seller has a shop for each currency, all of one name. */
function twinOf({ store }: StoreShelf, shelves: readonly StoreShelf[]): StoreShelf | undefined {
  return shelves.find((other) => other.store.storeId !== store.storeId && other.store.name === store.name);
}

function Shelf({ store, products, hasTwin }: StoreShelf & { readonly hasTwin: boolean }) {
  const t = useTranslations("home.stores");
  return (
    <li className="group relative flex flex-col gap-5 border-b border-line py-8">
      <div className="grid grid-cols-3 gap-2 sm:gap-3">
        {products.map(({ productId, imageUrl }) => (
          <Picture
            key={productId}
            src={imageUrl}
            alt=""
            sizes="(min-width: 40rem) 12rem, 30vw"
            className="transition-opacity group-hover:opacity-90"
          />
        ))}
      </div>
      <div className="flex flex-col gap-1">
        <h3 className="text-lg font-medium">
          <NextLink
            href={`/stores/${store.storeId}`}
            className="rounded underline-offset-4 group-hover:underline group-hover:decoration-1 after:absolute after:inset-0"
          >
            {store.name}
          </NextLink>
        </h3>
        <p className="max-w-[38em] text-sm text-muted">{store.description}</p>
        <p className="figures mt-1 text-xs text-muted">
          {t("count", { count: store.productCount })}
          {hasTwin && ` · ${store.currency}`}
        </p>
      </div>
    </li>
  );
}
