"use client";

import type { Session } from "@muse/contracts/checkout";
import { useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import type { Changes } from "./use-changes.ts";
import { useTakeOut } from "./use-take-out.ts";

type RefusedItemsProps = {
  readonly error: unknown;
  /** The one that was shown before, which knows the items' stores; none where there was none. */
  readonly session: Session | undefined;
  readonly changes: Changes | undefined;
};

/** What of the cart cannot be had as it is, and what can be done about each item of it, here. */
export function RefusedItems({ error, session, changes }: RefusedItemsProps) {
  const message = useErrorMessage();
  return (
    <Notice role="alert" tone="warn" className="flex flex-col gap-3 py-4 text-ink">
      <p className="font-medium text-warn">{message(error)}</p>
      <ul className="flex flex-col divide-y divide-line">
        {refusedItems(error).map((item) => (
          <RefusedItem key={item.itemId} item={item} line={lineOf(session, item.itemId)} changes={changes} />
        ))}
      </ul>
    </Notice>
  );
}

type Refused = {
  readonly itemId: string;
  readonly title: string;
  readonly available: number | null;
  /** Where that is what stands in the way. */
  readonly currency: string | null;
};
type Line = { readonly storeName: string; readonly productId: string; readonly variantId: string };
type RefusedItemProps = {
  readonly item: Refused;
  readonly line: Line | undefined;
  readonly changes: Changes | undefined;
};

function RefusedItem({ item, line, changes }: RefusedItemProps) {
  const t = useTranslations("checkout");
  const { takeOut, isBusy } = useTakeOut();
  const { available, title, itemId, currency } = item;
  const change = (quantity: number): void => {
    if (line !== undefined) changes?.expectGone(line.variantId);
    takeOut({ itemId, quantity });
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3">
      <span className="flex flex-col text-sm">
        {line !== undefined && <span className="text-xs text-muted">{line.storeName}</span>}
        {title}
        {currency !== null && <span className="text-xs text-muted">{currency}</span>}
      </span>
      <span className="flex flex-wrap items-center gap-2">
        {available !== null && available > 0 && (
          <Button variant="secondary" size="sm" isBusy={isBusy} onClick={() => change(available)}>
            {t("keepOnly", { count: available })}
          </Button>
        )}
        <Button variant="secondary" size="sm" isBusy={isBusy} onClick={() => change(0)}>
          {t("remove")}
        </Button>
        {line !== undefined && (
          <Link href={`/products/${line.productId}`} className="touch text-sm">
            {t("changes.replace")}
          </Link>
        )}
      </span>
    </li>
  );
}

/** The items that a refusal names; none where it is about something else. */
export function refusedItems(error: unknown): readonly Refused[] {
  const items = isApiError(error) ? error.failure.details?.["items"] : undefined;
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null || !("itemId" in item) || !("title" in item)) return [];
    const available = "available" in item && typeof item.available === "number" ? item.available : null;
    const currency = "currency" in item && typeof item.currency === "string" ? item.currency : null;
    return [{ itemId: String(item.itemId), title: String(item.title), available, currency }];
  });
}

function lineOf(session: Session | undefined, itemId: string): Line | undefined {
  return session?.cartSnapshot.stores
    .flatMap(({ storeName, items }) => items.map((item) => ({ ...item, storeName })))
    .find((item) => item.itemId === itemId);
}
