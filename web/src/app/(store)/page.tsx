import { HomeCategories } from "#web/catalog/home-categories.tsx";
import { HomeHero } from "#web/catalog/home-hero.tsx";
import { HomeSale } from "#web/catalog/home-sale.tsx";
import { HomeSteps } from "#web/catalog/home-steps.tsx";
import { HomeStores } from "#web/catalog/home-stores.tsx";
import { readHome } from "#web/catalog/read-home.ts";

export default async function HomePage() {
  const { shelves, onSale, groups } = await readHome();
  // Every other store, so that the three things differ as much as the stores do.
  const shown = shelves.flatMap(({ products }, index) => (index % 2 === 0 ? products.slice(0, 1) : []));
  return (
    <main id="content">
      <HomeHero products={shown} />
      <HomeSteps />
      <HomeSale products={onSale} />
      <HomeStores shelves={shelves} />
      <HomeCategories groups={groups} />
    </main>
  );
}
