"use client";

import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { keyOf, type Change } from "./changes.ts";
import type { Changes } from "./use-changes.ts";
import { useTakeOut } from "./use-take-out.ts";

/**
 * What is different from what was last looked at, store by store, and what can be done about it; the rest is
 * untouched.
 */
export function ChangesNotice({ changes }: { readonly changes: Changes }) {
  const t = useTranslations("checkout.changes");
  const { list } = changes;
  if (list === null) return null;
  if (list.length === 0) {
    return (
      <Notice role="status" tone="good">
        {t("none")}
      </Notice>
    );
  }
  return (
    <Notice role="status" tone="warn" className="flex flex-col gap-4 py-4 text-ink">
      <h2 className="font-medium text-warn">{t("title")}</h2>
      {storesOf(list).map(({ storeId, storeName, own }) => (
        <section key={storeId} aria-label={storeName} className="flex flex-col gap-2">
          <h3 className="text-xs text-muted">{storeName}</h3>
          <ul className="flex flex-col gap-3">
            {own.map((change) => (
              <ChangeLine key={keyOf(change)} change={change} changes={changes} />
            ))}
          </ul>
        </section>
      ))}
    </Notice>
  );
}

function ChangeLine({ change, changes }: { readonly change: Change; readonly changes: Changes }) {
  const t = useTranslations("checkout.changes");
  const { takeOut, isBusy } = useTakeOut();
  const { what, title, from, to, itemId, productId, variantId } = change;
  const remove = (): void => {
    changes.expectGone(variantId);
    takeOut({ itemId, quantity: 0 });
  };
  return (
    <li className="flex flex-col gap-1.5">
      <p>{t(what, { title, from, to })}</p>
      <span className="flex flex-wrap items-center gap-2">
        <Button variant="secondary" size="sm" onClick={() => changes.keep(change)}>
          {what === "gone" ? t("understood") : t("keep")}
        </Button>
        {what !== "gone" && (
          <Button variant="ghost" size="sm" isBusy={isBusy} onClick={remove}>
            {t("remove")}
          </Button>
        )}
        <Link href={`/products/${productId}`} className="touch text-sm">
          {t("replace")}
        </Link>
      </span>
    </li>
  );
}

type StoreChanges = { readonly storeId: string; readonly storeName: string; readonly own: readonly Change[] };

function storesOf(list: readonly Change[]): StoreChanges[] {
  const ids = [...new Set(list.map(({ storeId }) => storeId))];
  return ids.map((storeId) => {
    const own = list.filter((change) => change.storeId === storeId);
    return { storeId, storeName: own[0]?.storeName ?? "", own };
  });
}
