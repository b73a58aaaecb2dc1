"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";

/** Goes on as somebody else: everything on the page is read again, and Back does not lead to the door. */
export function useEnter(): (href: string) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (href) => {
    void client.resetQueries();
    router.replace(href);
    router.refresh();
  };
}

/** Goes on as nobody: the page is left as a whole, so that nothing that was read of a person stays in it. */
export function leaveFor(href: string): void {
  window.location.replace(href);
}

/** What to say of a failed try, where waiting is all that helps: how long. */
export function useTryMessage(): (error: unknown) => string {
  const t = useTranslations("account.signIn");
  const message = useErrorMessage();
  return (error) => {
    if (!isApiError(error, "rate_limited")) return message(error);
    return t("tooOften", { minutes: Math.max(1, Math.ceil((error.failure.retryAfterS ?? 60) / 60)) });
  };
}

/** Nothing of a person stays in a browser that others may use: what was typed, the cart, the ZIP code. */
export function forgetPerson(): void {
  for (const open of [() => localStorage, () => sessionStorage]) {
    try {
      open().clear();
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}
