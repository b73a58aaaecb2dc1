"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { cn } from "./class-names.ts";

export type Toast = {
  readonly text: ReactNode;
  readonly tone?: "neutral" | "bad";
  /** One thing to do about it, such as taking it back. */
  readonly action?: { readonly label: string; readonly onPress: () => void };
};

type Shown = Toast & { readonly id: number };

/** Long enough to be read twice; it stays while it is pointed at or focused. */
const shownForMs = 6_000;
const shownMax = 3;

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Says what has just happened, in passing. What must be decided or kept belongs on the page instead. */
export function useToast(): (toast: Toast) => void {
  return use(ToastContext);
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const t = useTranslations("ui");
  const say = useCallback((toast: Toast) => {
    const id = performance.now();
    setShown((before) => [...before.slice(1 - shownMax), { ...toast, id }]);
  }, []);
  const close = useCallback((id: number) => setShown((before) => before.filter((toast) => toast.id !== id)), []);
  const value = useMemo(() => say, [say]);
  return (
    <ToastContext value={value}>
      {children}
      <section
        aria-label={t("notifications")}
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-0 z-60 flex flex-col items-center gap-2 p-4"
      >
        {shown.map((toast) => (
          <ToastLine key={toast.id} toast={toast} onClose={close} />
        ))}
      </section>
    </ToastContext>
  );
}

function ToastLine({ toast, onClose }: { readonly toast: Shown; readonly onClose: (id: number) => void }) {
  const t = useTranslations("ui");
  const [isHeld, setHeld] = useState(false);
  const { id, text, tone = "neutral", action } = toast;
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => onClose(id), shownForMs);
    return () => clearTimeout(timer);
  }, [id, isHeld, onClose]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={cn(
        "pointer-events-auto flex w-full max-w-md animate-rise-in items-center gap-3 rounded border bg-surface py-2",
        "pr-2 pl-4 text-sm shadow-lift",
        tone === "bad" ? "border-bad text-bad" : "border-line",
      )}
    >
      <p className="grow">{text}</p>
      {action !== undefined && (
        <button
          type="button"
          className="min-h-11 shrink-0 rounded px-2 font-medium underline underline-offset-4"
          onClick={() => {
            action.onPress();
            onClose(id);
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        className="grid size-11 shrink-0 place-items-center rounded text-muted hover:text-ink"
        onClick={() => onClose(id)}
      >
        <X aria-hidden="true" className="size-4" />
        <span className="sr-only">{t("close")}</span>
      </button>
    </div>
  );
}
