"use client";

import { ErrorState } from "#web/ui/error-state.tsx";

type PageErrorProps = { readonly error: unknown; readonly retry: () => void };

/**
 * A page that could not be made. What stands around it stays; it was sent as if it were well, so who lists pages is
 * told.
 */
export function PageError(props: PageErrorProps) {
  return (
    <main id="content" className="shell py-12">
      <PartError {...props} />
    </main>
  );
}

/** The same where the frame has the page's landmark. */
export function PartError({ error, retry }: PageErrorProps) {
  return (
    <>
      <meta name="robots" content="noindex" />
      <ErrorState error={error} onRetry={retry} isPage />
    </>
  );
}
