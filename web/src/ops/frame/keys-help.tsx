"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "#web/ui/dialog.tsx";
import { places } from "./places.ts";

type KeysHelpProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

const always = [
  ["j", "next"],
  ["k", "previous"],
  ["Enter", "open"],
  ["c", "claim"],
  ["x", "release"],
  ["p", "place"],
  ["n", "fail"],
  ["/", "search"],
  ["Esc", "back"],
  ["?", "help"],
] as const;

/** Every key of the desk. */
export function KeysHelp({ isOpen, onOpenChange }: KeysHelpProps) {
  const t = useTranslations("ops");
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={t("keys.title")} description={t("keys.body")}>
      <dl className="grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
        {always.map(([key, what]) => (
          <Line key={key} keys={[key]} what={t(`keys.${what}`)} />
        ))}
        {places.map(({ key, name }) => (
          <Line key={name} keys={["g", key]} what={t(`places.${name}`)} />
        ))}
      </dl>
    </Dialog>
  );
}

function Line({ keys, what }: { readonly keys: readonly string[]; readonly what: string }) {
  return (
    <div className="flex items-center gap-3">
      <dt className="flex w-16 shrink-0 gap-1">
        {keys.map((key) => (
          <Key key={key}>{key}</Key>
        ))}
      </dt>
      <dd className="min-w-0 text-muted">{what}</dd>
    </div>
  );
}

/** A key as it looks on a keyboard. */
export function Key({ children }: { readonly children: string }) {
  return (
    <kbd className="inline-grid min-h-6 min-w-6 place-items-center rounded-sm border border-line bg-sunken px-1.5 text-xs text-muted">
      {children}
    </kbd>
  );
}
