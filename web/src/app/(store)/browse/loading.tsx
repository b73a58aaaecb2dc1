import { ResultsSkeleton } from "#web/catalog/results-skeleton.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";

export default function BrowseLoading() {
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <Skeleton className="mb-8 h-10 w-56 lg:mb-10" />
      <ResultsSkeleton />
    </main>
  );
}
