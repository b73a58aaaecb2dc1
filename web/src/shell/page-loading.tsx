import { getTranslations } from "next-intl/server";
import { Spinner } from "#web/ui/spinner.tsx";

/**
 * For pages that draw no waiting state of their own. It comes late, so that a quick page does not flash, and is a
 * window high, so that the footer does not come into sight only to leave again.
 */
export async function PageLoading() {
  const t = await getTranslations("ui");
  return (
    <main id="content" className="shell grid min-h-dvh justify-center pt-[30vh]">
      <div role="status" className="flex h-6 animate-[fade-in_160ms_300ms_both] items-center gap-3 text-sm text-muted">
        <Spinner />
        {t("loading")}
      </div>
    </main>
  );
}
