"use client";

import { useMutation } from "@tanstack/react-query";
import { authenticate } from "#web/api/authenticate.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { forgetPerson, leaveFor } from "./use-entrance.ts";

/** Ends this session, and goes on as nobody. The cart stays with the account. */
export function useSignOut(): { readonly signOut: (href: string) => void; readonly isSigningOut: boolean } {
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate, isPending, isSuccess } = useMutation({
    mutationFn: async (href: string) => {
      await authenticate("/sign-out");
      return href;
    },
    onSuccess: (href) => {
      forgetPerson();
      leaveFor(href);
    },
    onError: (error) => toast({ text: message(error), tone: "bad" }),
  });
  return { signOut: mutate, isSigningOut: isPending || isSuccess };
}
