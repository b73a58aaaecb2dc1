"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "../parts/copy-button.tsx";
import { Section } from "../parts/page.tsx";
import type { Task } from "../types.ts";

type AddressLine = "name" | "address1" | "address2" | "cityLine" | "country" | "phone" | "email";

/** Where it goes, as lines, to be copied one by one or all at once. */
export function WorkPaste({ task }: { readonly task: Task }) {
  const t = useTranslations("ops.work");
  const { shippingAddress: to, contactEmail } = task;
  if (to === null) return null;
  const lines: readonly (readonly [AddressLine, string | null])[] = [
    ["name", to.name],
    ["address1", to.address1],
    ["address2", to.address2],
    ["cityLine", `${to.city}, ${to.state} ${to.zip}`],
    ["country", to.country],
    ["phone", to.phone],
    ["email", contactEmail],
  ];
  const shown = lines.flatMap(([name, value]) => (value === null || value === "" ? [] : [[name, value] as const]));
  const whole = shown.map(([, value]) => value).join("\n");
  return (
    <Section title={t("address.title")} tools={<CopyButton text={whole} label={t("address.whole")} />}>
      <ul className="flex flex-col rounded border border-line bg-surface py-1.5">
        {shown.map(([name, value]) => (
          <li key={name} className="flex min-h-9 items-center justify-between gap-2 pr-2 pl-4 text-sm">
            <span className="min-w-0 break-words select-all">{value}</span>
            <CopyButton text={value} label={t(`address.${name}`)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
