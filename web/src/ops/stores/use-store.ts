"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { deskKey } from "../queries.ts";
import { storeKey, type Store, type Tier } from "./stores-query.ts";

type Body = NonNullable<Parameters<typeof putStore>[1]>;

function putStore(
  storeId: string,
  body: {
    readonly priceMarginBp?: number;
    readonly byHandHoursMax?: number;
    readonly enabled?: boolean;
    readonly permission?: Permission | null;
  },
) {
  return call(api.PUT("/api/v1/admin/stores/{storeId}", { params: { path: { storeId } }, body }));
}

export type Permission = {
  readonly words: string;
  readonly link: string | null;
  readonly permittedOn: string;
  readonly ordersAtOnce: number;
  readonly ordersPerHour: number | null;
  readonly hours: {
    readonly timeZone: string;
    readonly opensAt: string | null;
    readonly closesAt: string | null;
    readonly days: number[];
  } | null;
};

/** What follows every change of a store: the page shows what the API answered, and says that it is done. */
function useChanged(storeId: string) {
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  return {
    show: (store: Store) => client.setQueryData(storeKey(storeId), store),
    say: (text: string, undo?: { readonly label: string; readonly onPress: () => void }) =>
      toast({ text, ...(undo === undefined ? {} : { action: undo }) }),
    complain: (error: unknown) => toast({ text: message(error), tone: "bad" }),
    // Nobody waits for it: what was changed is shown already, and may be changed again at once.
    readAgain: () => void client.invalidateQueries({ queryKey: deskKey }),
  };
}

/** Limits, selling and the permission. */
export function useChangeStore(storeId: string) {
  const t = useTranslations("ops.store");
  const { show, say, readAgain } = useChanged(storeId);
  return useMutation({
    mutationFn: (body: Body) => putStore(storeId, body),
    onSuccess: (store) => {
      show(store);
      say(t("saved"));
    },
    onSettled: readAgain,
  });
}

/** Takes a tier into use or out of it, with a way to take it back; and ends its pause or rest. */
export function useTierSwitch(storeId: string, { position }: Tier) {
  const t = useTranslations("ops.store");
  const { show, say, complain, readAgain } = useChanged(storeId);
  const flip = useMutation({
    mutationFn: (enabled: boolean) =>
      call(
        api.PUT("/api/v1/admin/stores/{storeId}/tiers/{position}", {
          params: { path: { storeId, position } },
          body: { enabled },
        }),
      ),
    onSuccess: (store, enabled) => {
      show(store);
      say(t(enabled ? "switchedOn" : "switchedOff", { position }), {
        label: t("undo"),
        onPress: () => flip.mutate(!enabled),
      });
    },
    onError: complain,
    onSettled: readAgain,
  });
  const resume = useMutation({
    mutationFn: () =>
      call(api.POST("/api/v1/admin/stores/{storeId}/resume", { params: { path: { storeId } }, body: { position } })),
    onSuccess: (store) => {
      show(store);
      say(t("resumed", { position }));
    },
    onError: complain,
    onSettled: readAgain,
  });
  return { flip, resume };
}

export type Pause = { readonly reason: string; readonly minutes: number | null };

/** Keeps machines from a tier, for a while or until somebody resumes it. */
export function usePause(storeId: string, position: number, onDone: () => void) {
  const t = useTranslations("ops.store");
  const { show, say, readAgain } = useChanged(storeId);
  return useMutation({
    mutationFn: ({ reason, minutes }: Pause) =>
      call(
        api.POST("/api/v1/admin/stores/{storeId}/pause", {
          params: { path: { storeId } },
          body: { position, reason, ...(minutes === null ? {} : { minutes }) },
        }),
      ),
    onSuccess: (store) => {
      show(store);
      say(t("paused", { position }));
      onDone();
    },
    onSettled: readAgain,
  });
}
