import type { BrowserContext, Request, Route } from "playwright-core";

import type { Egress } from "./http-egress.ts";

export type IsSubmit = (request: { readonly method: string; readonly url: URL }) => boolean;

/**
 * Between the page and the network. No request that orders leaves before `open`, none leaves twice, and none after
 * `shut`: whatever a page's scripts do, whatever is clicked by mistake (O3). What it saw is a proof: where nothing was
 * sent, nothing was ordered.
 */
export type SubmitGate = {
  /** From now on one ordering request may leave. Once in a gate's life. */
  open(): void;
  /** From now on none may. */
  shut(): void;
  /** Whether it has ever been opened: then nothing may be begun with again. */
  wasOpened(): boolean;
  /** Whether anything left since `open` that may have ordered: any writing request counts. */
  hasSubmitted(): boolean;
};

type GateOptions = {
  readonly hosts: readonly string[];
  readonly isSubmit: IsSubmit;
  readonly egress: Egress;
};

/** Puts the gate in front of everything that the context's pages ask for, until the context's routes are taken away. */
export async function setGate(context: BrowserContext, { hosts, isSubmit, egress }: GateOptions): Promise<SubmitGate> {
  const allowed = new Set(hosts);
  let state: "never_opened" | "open" | "shut" = "never_opened";
  let wasOpened = false;
  let isUsed = false;
  let hasWritten = false;

  const mayPass = (request: Request): boolean => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.protocol !== "blob:" && !allowed.has(url.host)) return false;
    const method = request.method();
    const isOrdering = isSubmit({ method, url });
    if (isOrdering) {
      if (state !== "open" || isUsed) return false;
      isUsed = true;
    }
    if (state === "open" && method !== "GET" && method !== "HEAD") hasWritten = true;
    return true;
  };
  await context.route("**/*", async (route: Route) => {
    const act = mayPass(route.request()) ? route.continue() : route.abort("blockedbyclient");
    // The page may be gone by now; there is nobody left to tell.
    await act.catch(() => undefined);
  });
  return {
    open() {
      if (state !== "never_opened") throw new Error("a gate is opened once");
      egress.beginSubmit();
      state = "open";
      wasOpened = true;
    },
    shut() {
      state = "shut";
      egress.endSubmit();
    },
    wasOpened: () => wasOpened,
    hasSubmitted: () => isUsed || hasWritten,
  };
}
