"use client";

import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";

/** A list that one chooses from has no tick. */
export function withoutTick<Props extends { readonly isValid: boolean }>({ isValid: _isValid, ...rest }: Props) {
  return rest;
}

/** What kept an outcome from being noted, where it is sent. */
export function Complaint({ error }: { readonly error: unknown }) {
  const message = useErrorMessage();
  return (
    <Notice tone="bad" role="alert">
      {message(error)}
    </Notice>
  );
}
