import { HomeCategories } from "#web/catalog/home-categories.tsx";
import { HomeHero } from "#web/catalog/home-hero.tsx";
import { HomeSale } from "#web/catalog/home-sale.tsx";
import { HomeSteps } from "#web/catalog/home-steps.tsx";
import { HomeStores } from "#web/catalog/home-stores.tsx";
import { readHome } from "#web/catalog/read-home.ts";

export default async function HomePage() {
  const { shelves, onSale, categories } = await readHome();
  const shown = shelves.flatMap(({ products }) => products.slice(0, 1));
  return (
    <main id="content">
      <HomeHero products={shown} />
      <HomeSteps />
      <HomeSale products={onSale} />
      <HomeStores shelves={shelves} />
      <HomeCategories categories={categories} />
    </main>
  );
}
