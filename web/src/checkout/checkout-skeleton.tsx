import { useTranslations } from "next-intl";
import { Skeleton } from "#web/ui/skeleton.tsx";

/** The form's shape before the session is known. */
export function CheckoutSkeleton() {
  const t = useTranslations("checkout");
  return (
    <div role="status">
      <h1 className="mb-8 text-2xl font-medium">{t("title")}</h1>
      <span className="sr-only">{t("loading")}</span>
      <div className="grid gap-x-16 gap-y-8 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex flex-col gap-6">
          <Skeleton className="h-6 w-60" />
          {["email", "name", "street", "city", "card"].map((name) => (
            <Skeleton key={name} className="h-18" />
          ))}
        </div>
        <Skeleton className="hidden h-96 lg:block" />
      </div>
    </div>
  );
}
