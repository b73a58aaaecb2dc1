import type { ProductTile } from "@muse/contracts/catalog";
import { useTranslations } from "next-intl";
import { cn } from "#web/ui/class-names.ts";
import { ButtonLink } from "#web/ui/link.tsx";
import { Picture } from "#web/ui/picture.tsx";

/** What Muse is, in one sentence, and one thing from each of three stores. */
export function HomeHero({ products }: { readonly products: readonly ProductTile[] }) {
  const t = useTranslations("home.hero");
  return (
    <section className="shell grid items-end gap-x-12 gap-y-12 pt-12 pb-20 md:pt-20 grid-cols-1 lg:grid-cols-[1fr_1fr] lg:pb-28">
      <div className="flex flex-col items-start gap-6 lg:pb-6">
        <h1 className="max-w-[11em] text-3xl font-medium tracking-[-0.025em]">{t("title")}</h1>
        <p className="max-w-[34em] text-lg text-muted">{t("body")}</p>
        <div className="mt-2 flex flex-wrap gap-3">
          <ButtonLink href="/browse" size="lg">
            {t("browse")}
          </ButtonLink>
          <ButtonLink href="/browse?sale=true" size="lg" variant="ghost">
            {t("sale")}
          </ButtonLink>
        </div>
      </div>
      <div className="grid grid-cols-3 items-end gap-3 sm:gap-4">
        {products.slice(0, 3).map(({ productId, imageUrl, title }, index) => (
          <Picture
            key={productId}
            src={imageUrl}
            alt={title}
            sizes="(min-width: 64rem) 12rem, 30vw"
            ratio="3/4"
            isFirst
            className={cn(index === 0 && "mb-8 lg:mb-16", index === 2 && "mb-4 lg:mb-8")}
          />
        ))}
      </div>
    </section>
  );
}
