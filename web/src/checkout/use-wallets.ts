"use client";

import { useCallback, useEffect, useState } from "react";

/** So long the form waits to learn whether there is a wallet, so that it need not move for one. */
const waitMsMax = 3_000;

export type Wallets = {
  readonly state: "asking" | "shown" | "none";
  readonly found: (isThere: boolean) => void;
};

/**
 * Whether this browser has a wallet is known only once its buttons are there. The form is shown together with them, or
 * without them after a moment; what comes later stays away rather than push aside what somebody is reading.
 */
export function useWallets(isLost: boolean): Wallets {
  const [state, setState] = useState<Wallets["state"]>("asking");
  const found = useCallback((isThere: boolean) => {
    setState((known) => (known === "asking" ? (isThere ? "shown" : "none") : known));
  }, []);
  useEffect(() => {
    if (isLost) found(false);
    const timer = setTimeout(() => found(false), waitMsMax);
    return () => clearTimeout(timer);
  }, [isLost, found]);
  return { state, found };
}
