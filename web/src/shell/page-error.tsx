"use client";

import { ErrorState } from "#web/ui/error-state.tsx";

/** A page that could not be made. What stands around it stays. */
export function PageError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <main id="content" className="shell py-12">
      <ErrorState error={error} onRetry={retry} isPage />
    </main>
  );
}
