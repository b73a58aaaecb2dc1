import { useTranslations } from "next-intl";
import { Skeleton } from "#web/ui/skeleton.tsx";

/** An order in the sizes of what comes. */
export function OrderSkeleton() {
  const t = useTranslations("ui");
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div role="status" className="flex flex-col gap-8">
        <span className="sr-only">{t("loading")}</span>
        <Skeleton className="h-6 w-56" />
        <div className="grid items-start gap-x-16 gap-y-10 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex flex-col gap-4">
            <Skeleton className="h-6 w-48" />
            <Skeleton className="h-10 w-96 max-w-full" />
            <Skeleton className="h-11 w-72 max-w-full rounded" />
            <Skeleton className="mt-6 h-72 rounded-lg" />
          </div>
          <Skeleton className="h-[30rem] rounded-lg" />
        </div>
      </div>
    </main>
  );
}
