"use client";

import "./globals.css";

/** The layout itself has failed, words and all, so both languages stand here. */
export default function GlobalError({ retry }: { readonly retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Muse</title>
        <main className="shell flex flex-col items-start gap-4 py-24">
          <h1 className="text-2xl font-medium">Something went wrong</h1>
          <p className="text-muted">It is on our side. Try again in a moment.</p>
          <p lang="ko" className="text-muted">
            문제가 발생했습니다. 잠시 후 다시 시도해 주세요.
          </p>
          <button
            type="button"
            onClick={retry}
            className="min-h-11 rounded border border-edge bg-surface px-5 text-sm font-medium"
          >
            Try again · 다시 시도
          </button>
        </main>
      </body>
    </html>
  );
}
