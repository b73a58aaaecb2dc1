"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { createContext, use, useEffect, useState, type ReactNode } from "react";
import { followEvents } from "#web/api/event-stream.ts";
import { Status } from "#web/ui/status.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useCode } from "../parts/use-code.ts";
import { deskKey } from "../queries.ts";
import { alertOf, attentionOf, type Attention } from "./desk-events.ts";

/** How the desk hears of changes: told at once, by asking again and again, or not at all. */
type Hearing = "told" | "asking" | "offline";

type Heard = { readonly hearing: Hearing; readonly attention: Attention | null };

const HeardContext = createContext<Heard>({ hearing: "asking", attention: null });

/** What is open asks again so often: rarely while changes are told, soon while they are not. */
export function useAskAgainMs(): number {
  return use(HeardContext).hearing === "told" ? 60_000 : 10_000;
}

/** What waits for somebody at the desk; null while it is not known. */
export function useAttention(): Attention | null {
  return use(HeardContext).attention;
}

/** Whether there is a connection at all. The banner's own way of knowing is kept to the shop's first script. */
function useIsOnline(): boolean {
  const [isOnline, setOnline] = useState(true);
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return isOnline;
}

/** Several changes in one moment are one reason to read again. */
const gatherMs = 250;

/** Listens for what changes at the desk, for as long as a page of it is open. */
export function Live({ children }: { readonly children: ReactNode }) {
  const isOnline = useIsOnline();
  const readAgain = useReadAgain();
  const tellAlert = useTellAlert();
  const [isTold, setTold] = useState(false);
  const [attention, setAttention] = useState<Attention | null>(null);
  useEffect(() => {
    if (!isOnline) return undefined;
    const stop = followEvents("/api/v1/admin/desk/events", (source) => {
      source.addEventListener("open", () => setTold(true));
      // Until there is another the pages ask.
      source.addEventListener("error", () => setTold(false));
      source.addEventListener("queue", readAgain);
      source.addEventListener("attention", (event) => {
        setAttention(attentionOf(event));
        readAgain();
      });
      source.addEventListener("alert", (event) => {
        tellAlert(event);
        readAgain();
      });
    });
    return () => {
      stop();
      setTold(false);
    };
  }, [isOnline, readAgain, tellAlert]);
  const hearing: Hearing = !isOnline ? "offline" : isTold ? "told" : "asking";
  return <HeardContext value={{ hearing, attention }}>{children}</HeardContext>;
}

/** Has everything that is open read once more, soon. */
function useReadAgain(): () => void {
  const client = useQueryClient();
  const [readAgain] = useState(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: deskKey });
      }, gatherMs);
    };
  });
  return readAgain;
}

/** Says in passing that a store fell sick or is well again. Pauses are people's own doing. */
function useTellAlert(): (event: MessageEvent) => void {
  const t = useTranslations("ops.attention");
  const method = useCode("method");
  const toast = useToast();
  const latest = (event: MessageEvent): void => {
    const alert = alertOf(event);
    if (alert === null) return;
    const words = { store: alert.storeName, method: method(alert.method) };
    if (alert.kind === "sick") toast({ text: t("sick", words), tone: "bad" });
    if (alert.kind === "recovered") toast({ text: t("recovered", words) });
  };
  const current = useState<{ tell: typeof latest }>(() => ({ tell: latest }))[0];
  useEffect(() => {
    current.tell = latest;
  });
  const [tell] = useState(() => (event: MessageEvent) => current.tell(event));
  return tell;
}

/** Says how old what is seen may be. */
export function LiveMark() {
  const t = useTranslations("ops.live");
  const { hearing } = use(HeardContext);
  const tone = { told: "good", asking: "neutral", offline: "warn" } as const;
  return (
    <Status tone={tone[hearing]} className="text-xs">
      <span title={t(`${hearing}Hint`)}>{t(hearing)}</span>
    </Status>
  );
}
