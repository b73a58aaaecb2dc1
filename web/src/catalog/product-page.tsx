import type { ProductTile as Product, ProductView, StoreView } from "@muse/contracts/catalog";
import { departments } from "@muse/contracts/category";
import { useLocale, useTranslations } from "next-intl";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { Link } from "#web/ui/link.tsx";
import { ByHandNotice } from "./by-hand-notice.tsx";
import type { Delivery } from "./delivery-query.ts";
import { ProductChoice } from "./product-choice.tsx";
import { ProductTile } from "./product-tile.tsx";

type ProductPageProps = {
  readonly product: ProductView;
  readonly store: StoreView;
  readonly delivery: Delivery;
  readonly related: readonly Product[];
  readonly variantId: string | null;
  /** A file that the reader has already. */
  readonly hasIt: boolean;
};

/** One product, all that must be known before it is put into the cart, and what else there is. */
export function ProductPage({ product, store, delivery, related, variantId, hasIt }: ProductPageProps) {
  return (
    <>
      <Crumbs product={product} />
      <div className="pt-6">
        <ProductChoice
          // Another product at the same place of the page is chosen anew.
          key={product.productId}
          product={product}
          variantId={variantId}
          hasIt={hasIt}
          delivery={delivery}
          head={<Head product={product} />}
          foot={<Foot product={product} store={store} />}
        />
      </div>
      <Related products={related} />
    </>
  );
}

function Crumbs({ product }: { readonly product: ProductView }) {
  const t = useTranslations("catalog.browse");
  const locale = useLocale();
  const { department, category, categoryLabel, title } = product;
  const ofCategory = category === null ? [] : [["category", category] as const];
  const ofDepartment = department === null ? [] : [["department", department] as const];
  const hrefOf = (fields: readonly (readonly [string, string])[]): string =>
    `/browse?${new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()}`;
  return (
    <Breadcrumbs
      crumbs={[
        { label: t("title"), href: "/browse" },
        ...(department === null ? [] : [{ label: departments[department][locale], href: hrefOf(ofDepartment) }]),
        ...(category === null
          ? []
          : [{ label: categoryLabel ?? category, href: hrefOf([...ofDepartment, ...ofCategory]) }]),
        { label: title },
      ]}
    />
  );
}

function Head({ product: { brand, title, storeId, storeName, description } }: { readonly product: ProductView }) {
  const t = useTranslations("catalog.product");
  return (
    <>
      <div className="flex flex-col gap-1.5">
        {brand !== null && <p className="text-sm text-muted">{brand}</p>}
        <h1 className="text-2xl font-medium tracking-[-0.015em]">{title}</h1>
        <p className="text-sm text-muted">
          {t.rich("from", { store: storeName, link: (chunks) => <Link href={`/stores/${storeId}`}>{chunks}</Link> })}
        </p>
      </div>
      {description !== "" && <p className="max-w-prose whitespace-pre-line">{description}</p>}
    </>
  );
}

function Foot({ product, store }: Pick<ProductPageProps, "product" | "store">) {
  const t = useTranslations("catalog.product");
  const { storeName, returnPolicy, kind } = product;
  return (
    <div className="flex flex-col gap-5">
      <dl className="flex flex-col gap-4 text-sm">
        <div className="flex flex-col gap-0.5">
          <dt className="font-medium">{t("returns")}</dt>
          <dd className="text-muted">
            {returnPolicy}{" "}
            <Link href="/help/returns" prefetch={false}>
              {t("returnsHow")}
            </Link>
          </dd>
        </div>
        <div className="flex flex-col gap-0.5">
          <dt className="font-medium">{t("seller")}</dt>
          <dd className="text-muted">{t(kind === "digital" ? "makerIs" : "sellerIs", { store: storeName })}</dd>
        </div>
      </dl>
      <ByHandNotice store={store} />
    </div>
  );
}

function Related({ products }: { readonly products: readonly Product[] }) {
  const t = useTranslations("catalog.product");
  if (products.length === 0) return null;
  return (
    <section aria-labelledby="related" className="pt-20">
      <h2 id="related" className="pb-8 text-xl font-medium tracking-[-0.01em]">
        {t("related")}
      </h2>
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
