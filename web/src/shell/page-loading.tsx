import { getTranslations } from "next-intl/server";
import { Spinner } from "#web/ui/spinner.tsx";

/** For pages that draw no waiting state of their own. It comes late, so that a quick page does not flash. */
export async function PageLoading() {
  const t = await getTranslations("ui");
  return (
    <main id="content" className="shell grid min-h-[60vh] place-items-center">
      <div role="status" className="flex animate-fade-in items-center gap-3 text-sm text-muted">
        <Spinner />
        {t("loading")}
      </div>
    </main>
  );
}
