import { useTranslations } from "next-intl";
import NextLink from "next/link";

/** Every kind of thing there is, as a paragraph of links. */
export function HomeCategories({ categories }: { readonly categories: readonly string[] }) {
  const t = useTranslations("home.categories");
  return (
    <section aria-labelledby="kinds" className="shell grid gap-x-12 gap-y-6 py-16 lg:grid-cols-[1fr_3fr]">
      <h2 id="kinds" className="text-2xl font-medium tracking-[-0.015em]">
        {t("title")}
      </h2>
      <ul className="flex flex-wrap gap-x-6 gap-y-2 text-lg">
        {categories.map((category) => (
          <li key={category}>
            <NextLink
              href={`/browse?category=${encodeURIComponent(category)}`}
              prefetch={false}
              className="rounded text-muted underline-offset-4 transition-colors hover:text-ink hover:underline hover:decoration-1"
            >
              {category}
            </NextLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
