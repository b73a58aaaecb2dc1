"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { ErrorState } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Spinner } from "#web/ui/spinner.tsx";
import { LookUpForm } from "./look-up-form.tsx";

type OpenLinkProps = {
  readonly token: string;
  /** The checkout that the link is about. */
  readonly sessionId: string | null;
  /** Who is signed in here with an account of their own, whom opening the link signs out; null: nobody. */
  readonly signedInAs: string | null;
};

/** Opens a mailed link, once: at once for a visitor, after a question for whoever is signed in. */
export function OpenLink({ token, sessionId, signedInAs }: OpenLinkProps) {
  const t = useTranslations("orders.link");
  const { open, error, isOpening } = useOpening({ token, sessionId });
  const isTried = useRef(false);
  useEffect(() => {
    if (signedInAs !== null || isTried.current) return;
    isTried.current = true;
    open();
  }, [signedInAs, open]);

  if (isApiError(error, "not_found", "request_invalid")) return <LinkOver />;
  if (error !== null) return <ErrorState error={error} onRetry={open} isRetrying={isOpening} />;
  if (signedInAs === null) {
    return (
      <div role="status" className="flex items-center gap-3 py-10 text-muted">
        <Spinner />
        {t("opening")}
      </div>
    );
  }
  return (
    <div className="flex flex-col items-start gap-4">
      <h1 className="text-2xl font-medium">{t("askTitle")}</h1>
      <p className="text-muted">{t("askBody", { email: signedInAs })}</p>
      <div className="mt-2 flex flex-wrap gap-3">
        <Button onClick={open} isBusy={isOpening}>
          {t("open")}
        </Button>
        <ButtonLink href="/orders" variant="ghost">
          {t("stay")}
        </ButtonLink>
      </div>
    </div>
  );
}

/** A link that was used, is over, or never was one. */
export function LinkOver() {
  const t = useTranslations("orders.link");
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-2xl font-medium">{t("overTitle")}</h1>
      <p className="text-muted">{t("overBody")}</p>
      <LookUpForm />
    </div>
  );
}

function useOpening({ token, sessionId }: Pick<OpenLinkProps, "token" | "sessionId">) {
  const client = useQueryClient();
  const router = useRouter();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      const { checkoutSessionId } = await call(api.POST("/api/v1/orders/link", { body: { token } }));
      return await placeOf(sessionId ?? checkoutSessionId);
    },
    onSuccess: (href) => {
      // Whatever was read as somebody else is not this visitor's.
      void client.resetQueries();
      // The link is used up: Back must not lead to it.
      router.replace(href);
      router.refresh();
    },
  });
  return { open: () => mutate(), error, isOpening: isPending };
}

/** A checkout of one store is its order; of several, the list with them at its top. */
async function placeOf(sessionId: string | null): Promise<string> {
  if (sessionId === null) return "/orders";
  const params = { query: { checkoutSessionId: sessionId } };
  const { orders } = await call(api.GET("/api/orders", { params })).catch(() => ({ orders: [] }));
  const [only] = orders;
  return orders.length === 1 && only !== undefined ? `/orders/${only.museOrderNumber}` : `/orders#${sessionId}`;
}
