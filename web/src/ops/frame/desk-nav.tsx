"use client";

import { useTranslations } from "next-intl";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "#web/ui/class-names.ts";
import { useAttention } from "./live.tsx";
import { placeOf, places, type PlaceName } from "./places.ts";

/** The desk's rooms: a column beside the work, or a row above it where there is no room. */
export function DeskNav() {
  const t = useTranslations("ops");
  const current = placeOf(usePathname());
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    // In a row that does not fit, the place one is at must be in sight, whole once the numbers beside it have come.
    row.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <nav ref={row} aria-label={t("places.label")} className="overflow-x-auto lg:overflow-visible">
      <ul className="flex gap-1 lg:flex-col">
        {places.map(({ name, href, icon: Icon }) => (
          <li key={name}>
            <NextLink
              href={href}
              aria-current={name === current ? "page" : undefined}
              className={cn(
                "flex min-h-10 items-center gap-2.5 rounded px-3 text-sm whitespace-nowrap text-muted",
                "transition-colors hover:bg-sunken hover:text-ink focus-visible:-outline-offset-2",
                name === current && "bg-sunken font-medium text-ink",
              )}
            >
              <Icon aria-hidden="true" strokeWidth={1.7} className="size-4 shrink-0" />
              {t(`places.${name}`)}
              <Waiting at={name} />
            </NextLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How much waits at a place for somebody's word. */
function Waiting({ at }: { readonly at: PlaceName }) {
  const t = useTranslations("ops.attention");
  const attention = useAttention();
  if (attention === null || (at !== "refunds" && at !== "stores")) return null;
  const count = at === "stores" ? attention.storesSick : attention.refundApprovals + attention.refundRequests;
  if (count === 0) return null;
  return (
    <span
      className={cn(
        "figures ml-auto rounded-full px-2 py-px text-xs font-medium",
        at === "stores" ? "bg-bad-soft text-bad" : "bg-accent-soft text-accent",
      )}
    >
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">, {t(at, { count })}</span>
    </span>
  );
}
