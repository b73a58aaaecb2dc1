import { useTranslations } from "next-intl";
import { ButtonLink } from "#web/ui/link.tsx";

/** The desk is theirs, but opens only to a sign-in with a second factor. */
export function SecondFactorMissing() {
  const t = useTranslations("ops.session.two_factor_required");
  return (
    <main id="content" className="shell flex flex-col items-start gap-5 py-24">
      <h1 className="text-2xl font-medium">{t("title")}</h1>
      <p className="max-w-prose text-muted">{t("body")}</p>
      <ButtonLink href="/account">{t("action")}</ButtonLink>
    </main>
  );
}
