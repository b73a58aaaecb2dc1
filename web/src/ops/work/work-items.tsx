"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "../parts/copy-button.tsx";
import { Section } from "../parts/page.tsx";
import { webAddressOf } from "../parts/web-address.ts";
import type { Task } from "../types.ts";

/** What is to be ordered: how many of which, in which size and colour. */
export function WorkItems({ task }: { readonly task: Task }) {
  const t = useTranslations("ops.work.items");
  return (
    <Section title={t("title", { count: task.itemCount })}>
      <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
        {task.items.map((item) => (
          <Item key={item.lineNo} item={item} />
        ))}
      </ul>
    </Section>
  );
}

function Item({ item }: { readonly item: Task["items"][number] }) {
  const t = useTranslations("ops.work.items");
  const href = webAddressOf(item.productUrl);
  const variant = [item.size, item.color].filter((part) => part !== null && part !== "").join(", ");
  return (
    <li className="flex flex-col gap-1 py-2.5 pr-2 pl-4 text-sm">
      <span className="flex items-start gap-2 pr-2">
        <span className="figures shrink-0 font-medium">{t("times", { count: item.quantity })}</span>
        <span className="min-w-0 break-words">
          {href === null ? (
            item.title
          ) : (
            <a
              href={href}
              target="_blank"
              rel="noreferrer noopener"
              className="underline decoration-edge underline-offset-4 hover:decoration-current"
            >
              {item.title}
            </a>
          )}
        </span>
      </span>
      <Value label={t("sku")} value={item.sku} />
      {variant !== "" && <Value label={t("variant")} value={variant} />}
      <Value label={t("quantity")} value={String(item.quantity)} />
      {href !== null && <Value label={t("link")} value={href} />}
    </li>
  );
}

function Value({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <span className="flex items-center justify-between gap-2 text-muted">
      <span className="shrink-0 text-xs">{label}</span>
      <span className="flex min-w-0 items-center gap-1">
        <span className="truncate text-ink select-all">{value}</span>
        <CopyButton text={value} label={label} />
      </span>
    </span>
  );
}
