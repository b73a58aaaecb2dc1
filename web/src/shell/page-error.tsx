"use client";

import { ErrorState } from "#web/ui/error-state.tsx";

/**
 * A page that could not be made. What stands around it stays; it was sent as if it were well, so who lists pages is
 * told.
 */
export function PageError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <main id="content" className="shell py-12">
      <meta name="robots" content="noindex" />
      <ErrorState error={error} onRetry={retry} isPage />
    </main>
  );
}
