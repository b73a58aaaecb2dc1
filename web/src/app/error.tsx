"use client";

import { ErrorState } from "#web/ui/error-state.tsx";

/** A page that could not be made. The header and the footer stay. */
export default function PageError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <main id="content" className="shell py-12">
      <ErrorState error={error} onRetry={retry} />
    </main>
  );
}
