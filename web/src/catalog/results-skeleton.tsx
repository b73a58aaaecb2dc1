import { useTranslations } from "next-intl";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { gridLook } from "./product-grid.tsx";

const tiles = Array.from({ length: 9 }, (_, index) => index);
const filters = [7, 7, 2];

/** Results in their sizes, before they have come. */
export function ResultsSkeleton() {
  const t = useTranslations("ui");
  return (
    <div role="status" className="grid items-start gap-x-14 grid-cols-1 lg:grid-cols-[14rem_minmax(0,1fr)] xl:gap-x-18">
      <span className="sr-only">{t("loading")}</span>
      <div className="hidden flex-col gap-9 lg:flex">
        {filters.map((count, index) => (
          <div key={index} className="flex flex-col gap-5">
            {tiles.slice(0, count).map((each) => (
              <Skeleton key={each} className={each === 0 ? "w-24" : "w-full"} />
            ))}
          </div>
        ))}
      </div>
      <div>
        <div className="flex min-h-11 items-center justify-between pb-6">
          <Skeleton className="w-28" />
          <Skeleton className="h-11 w-44 rounded" />
        </div>
        <div className={gridLook}>
          {tiles.map((each) => (
            <TileSkeleton key={each} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** A product's tile. */
export function TileSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="aspect-[4/5] h-auto rounded" />
      <Skeleton className="w-4/5" />
      <Skeleton className="w-1/2" />
    </div>
  );
}
