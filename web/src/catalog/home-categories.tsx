import type { Department } from "@muse/contracts/category";
import { useTranslations } from "next-intl";
import NextLink from "next/link";
import { QuietLink } from "#web/ui/link.tsx";

export type CategoryGroup = {
  readonly department: Department;
  readonly label: string;
  readonly count: number;
  readonly categories: readonly { readonly category: string; readonly label: string }[];
};

/** Every kind of thing there is, under its department. */
export function HomeCategories({ groups }: { readonly groups: readonly CategoryGroup[] }) {
  const t = useTranslations("home.categories");
  return (
    <section aria-labelledby="kinds" className="shell py-16">
      <h2 id="kinds" className="pb-8 text-2xl font-medium tracking-[-0.015em]">
        {t("title")}
      </h2>
      <div className="grid gap-x-12 gap-y-10 border-t border-line pt-8 sm:grid-cols-2 lg:grid-cols-3">
        {groups.map(({ department, label, count, categories }) => (
          <div key={department} className="flex flex-col gap-2">
            <h3 className="text-lg font-medium">
              <QuietLink href={`/browse?department=${department}`} prefetch={false}>
                {label} <span className="figures text-sm font-normal text-muted">{count}</span>
              </QuietLink>
            </h3>
            <ul className="flex flex-wrap gap-x-4 text-sm">
              {categories.map((each) => (
                <li key={each.category}>
                  <NextLink
                    href={`/browse?category=${encodeURIComponent(each.category)}`}
                    prefetch={false}
                    className="inline-flex min-h-7 items-center rounded text-muted underline-offset-4 transition-colors hover:text-ink hover:underline hover:decoration-1"
                  >
                    {each.label}
                  </NextLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
