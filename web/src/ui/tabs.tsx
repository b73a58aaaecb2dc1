"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export type Tab = { readonly value: string; readonly label: ReactNode; readonly content: ReactNode };

type TabsProps = { readonly label: string; readonly tabs: readonly Tab[]; readonly initial?: string };

/** Views of one thing, one at a time. What an address should carry is no tab but a link. */
export function Tabs({ label, tabs, initial }: TabsProps) {
  const first = initial ?? tabs[0]?.value ?? "";
  return (
    <Radix.Root defaultValue={first}>
      <Radix.List aria-label={label} className="flex gap-6 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px min-h-11 border-b-2 border-transparent text-sm whitespace-nowrap text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-6">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
