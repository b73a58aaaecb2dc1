import { ProductSkeleton } from "#web/catalog/product-skeleton.tsx";

export default function ProductLoading() {
  return (
    <main id="content" className="shell py-6 sm:py-8">
      <ProductSkeleton />
    </main>
  );
}
