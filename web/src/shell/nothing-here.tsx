import { useTranslations } from "next-intl";
import { ButtonLink } from "#web/ui/link.tsx";

/**
 * Instead of a page that there is not. The frame around it is that of the group, or of who asks for no group at all.
 */
export function NothingHere() {
  const t = useTranslations("ui.notFound");
  return (
    <main id="content" className="shell flex flex-col items-start gap-5 py-24">
      <p className="figures text-sm text-muted">404</p>
      <h1 className="text-2xl font-medium">{t("title")}</h1>
      <p className="max-w-prose text-muted">{t("body")}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <ButtonLink href="/browse">{t("browse")}</ButtonLink>
        <ButtonLink href="/" variant="secondary">
          {t("home")}
        </ButtonLink>
      </div>
    </main>
  );
}
