"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";

/** Why nothing more can be done here until one has signed in once more. */
type Over = "not_signed_in" | "role_missing" | "two_factor_required";

/**
 * Says that the session has ended, over whatever is open. What was typed is kept in this tab; the way back leads to the
 * same page.
 */
export function SessionOver() {
  const t = useTranslations("ops.session");
  const client = useQueryClient();
  const [over, setOver] = useState<Over | null>(null);
  useEffect(() => {
    const look = (error: unknown): void => {
      if (!isApiError(error, "not_signed_in", "role_missing", "two_factor_required")) return;
      setOver(error.code as Over);
    };
    const unlisten = [
      client.getQueryCache().subscribe(({ query }) => look(query.state.error)),
      client.getMutationCache().subscribe(({ mutation }) => look(mutation?.state.error)),
    ];
    return () => unlisten.forEach((end) => end());
  }, [client]);
  if (over === null) return null;
  const next = encodeURIComponent(window.location.pathname + window.location.search);
  return (
    <Dialog
      isOpen
      onOpenChange={() => setOver(null)}
      title={t(`${over}.title`)}
      description={t(`${over}.body`)}
      actions={
        // A whole new page: nothing read under the old session stays.
        <Button onClick={() => window.location.assign(over === "not_signed_in" ? `/sign-in?next=${next}` : "/account")}>
          {t(`${over}.action`)}
        </Button>
      }
    />
  );
}
