"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "#web/ui/class-names.ts";
import { useToast } from "#web/ui/toast.tsx";

type CopyButtonProps = {
  readonly text: string;
  /** What it copies, such as "Name". */
  readonly label: string;
  readonly className?: string;
};

/** Puts a text on the clipboard. The tick stays: it tells what was pasted already. */
export function CopyButton({ text, label, className }: CopyButtonProps) {
  const t = useTranslations("ops.copy");
  const toast = useToast();
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      toast({ text: t("failed"), tone: "bad" });
    }
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      title={t("one", { label })}
      onClick={() => void copy()}
      className={cn(
        "touch inline-grid size-8 shrink-0 place-items-center rounded-sm text-muted transition-colors",
        "hover:bg-sunken hover:text-ink",
        isCopied && "text-good",
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-4" />
      <span className="sr-only">{t("one", { label })}</span>
      <span role="status" className="sr-only">
        {isCopied ? t("done", { label }) : ""}
      </span>
    </button>
  );
}

/** A value to be pasted elsewhere, with its name, in one line. */
export function PasteLine({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="flex min-h-9 items-center gap-3 py-0.5 pl-3">
      <dt className="w-28 shrink-0 text-xs text-muted sm:w-32">{label}</dt>
      <dd className="flex min-w-0 grow items-center justify-between gap-2">
        <span className="min-w-0 text-sm break-words select-all">{value}</span>
        <CopyButton text={value} label={label} />
      </dd>
    </div>
  );
}
