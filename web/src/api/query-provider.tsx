"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { isWorthRetrying } from "./error.ts";

const retriesMax = 2;

/** What the pages' components in the browser read through. One for each visit, so nothing is shared between people. */
export function QueryProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 30_000,
            retry: (count, error) => count < retriesMax && isWorthRetrying(error),
          },
          // Whether a write may be repeated is known to whoever sends it.
          mutations: { retry: false },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
