import { ResultsSkeleton } from "#web/catalog/results-skeleton.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";

export default function StoreLoading() {
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div className="flex min-h-72 flex-col gap-4 pb-12 lg:pb-14">
        <Skeleton className="h-10 w-64" />
        <Skeleton className="h-7 w-full max-w-lg" />
      </div>
      <div className="border-t border-line pt-10">
        <ResultsSkeleton />
      </div>
    </main>
  );
}
