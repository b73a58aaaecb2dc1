import { useTranslations } from "next-intl";
import { Skeleton } from "#web/ui/skeleton.tsx";

/** A product's page in its sizes, before it has come. */
export function ProductSkeleton() {
  const t = useTranslations("ui");
  return (
    <div role="status">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="my-1 w-64 max-w-full" />
      <div className="grid items-start gap-x-16 gap-y-10 pt-6 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_25rem] xl:gap-x-20">
        <Skeleton className="aspect-square h-auto rounded-lg" />
        <div className="flex flex-col gap-4">
          <Skeleton className="w-24" />
          <Skeleton className="h-10 w-4/5" />
          <Skeleton className="w-32" />
          <Skeleton className="h-12" />
          <Skeleton className="mb-4 h-8 w-24" />
          <Skeleton className="h-11 w-48 rounded" />
          <Skeleton className="mb-4 h-14 rounded" />
          <Skeleton className="h-56 rounded" />
        </div>
      </div>
    </div>
  );
}
