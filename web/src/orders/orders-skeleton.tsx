import { useTranslations } from "next-intl";
import { Skeleton } from "#web/ui/skeleton.tsx";

/** The list in the sizes of what comes. */
export function OrdersSkeleton() {
  const t = useTranslations("ui");
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div role="status" className="mx-auto flex max-w-4xl flex-col">
        <span className="sr-only">{t("loading")}</span>
        <Skeleton className="h-9 w-40" />
        <Skeleton className="mt-3 mb-8 h-6 w-72 max-w-full" />
        <Skeleton className="h-11 w-96 max-w-full rounded-full" />
        <Skeleton className="mt-10 h-64 rounded-lg" />
        <Skeleton className="mt-8 h-40 rounded-lg" />
      </div>
    </main>
  );
}
