"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import type { Draft } from "./kept.ts";

type UseSavedAddress = {
  /** Whether the form began empty: only then is anything asked for. */
  readonly isWanted: boolean;
  /** Whether nobody has begun to write since. */
  readonly isStillWanted: boolean;
  readonly take: (saved: Draft) => void;
};

/**
 * A person who has saved addresses begins with the default one. It is offered once, to a form nobody has written
 * into.
 */
export function useSavedAddress({ isWanted, isStillWanted, take }: UseSavedAddress): void {
  const isOffered = useRef(false);
  const { data: saved } = useQuery({
    queryKey: ["checkout", "saved-address"],
    queryFn: readDefault,
    enabled: isWanted,
    // It only saves typing: whatever goes wrong with it is nobody's concern.
    retry: false,
    gcTime: 0,
  });
  useEffect(() => {
    if (saved === undefined || saved === null || isOffered.current) return;
    isOffered.current = true;
    if (isStillWanted) take(saved);
  }, [saved, isStillWanted, take]);
}

async function readDefault({ signal }: { readonly signal: AbortSignal }): Promise<Draft | null> {
  const { addresses } = await call(api.GET("/api/v1/addresses", { signal }));
  const [first] = addresses;
  if (first === undefined) return null;
  const { email } = await call(api.GET("/api/v1/account", { signal }));
  const { name, address1, address2, city, state, zip, phone } = first;
  return { email: email ?? "", name, address1, address2: address2 ?? "", city, state, zip, phone: phone ?? "" };
}
