import { useTranslations } from "next-intl";
import { ButtonLink } from "#web/ui/link.tsx";

/** Instead of a page that there is not. The frame around it is that of the group. */
export function NothingHere() {
  return (
    <main id="content" className="shell py-24">
      <NothingWithin />
    </main>
  );
}

/** The same where the frame has the page's landmark. */
export function NothingWithin() {
  const t = useTranslations("ui.notFound");
  return (
    <div className="flex flex-col items-start gap-5">
      <p className="figures text-sm text-muted">404</p>
      <h1 className="text-2xl font-medium">{t("title")}</h1>
      <p className="max-w-prose text-muted">{t("body")}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <ButtonLink href="/browse">{t("browse")}</ButtonLink>
        <ButtonLink href="/" variant="secondary">
          {t("home")}
        </ButtonLink>
      </div>
    </div>
  );
}
