import { useTranslations } from "next-intl";
import { Skeleton } from "#web/ui/skeleton.tsx";

export function CartSkeleton() {
  const t = useTranslations("ui");
  return (
    <div role="status" className="grid gap-x-16 gap-y-10 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <span className="sr-only">{t("loading")}</span>
      <div className="flex flex-col gap-6">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="h-32" />
        <Skeleton className="h-32" />
      </div>
      <Skeleton className="h-80 rounded-lg" />
    </div>
  );
}
