import { useTranslations } from "next-intl";
import { ButtonLink } from "#web/ui/link.tsx";

/** Instead of a product that there is not, or not any more. */
export function MissingProduct() {
  return <Missing what="product" />;
}

/** Instead of a store that does not sell here. */
export function MissingStore() {
  return <Missing what="store" />;
}

function Missing({ what }: { readonly what: "product" | "store" }) {
  const t = useTranslations("catalog.missing");
  return (
    <main id="content" className="shell flex min-h-[80vh] flex-col items-start gap-5 py-24">
      <p className="figures text-sm text-muted">404</p>
      <h1 className="text-2xl font-medium">{t(`${what}.title`)}</h1>
      <p className="max-w-prose text-muted">{t(`${what}.body`)}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <ButtonLink href="/browse">{t("browse")}</ButtonLink>
        <ButtonLink href="/" variant="secondary">
          {t("home")}
        </ButtonLink>
      </div>
    </main>
  );
}
