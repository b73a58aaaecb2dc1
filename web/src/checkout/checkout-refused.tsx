"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ErrorState, useErrorMessage } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { useToast } from "#web/ui/toast.tsx";

type CheckoutRefusedProps = { readonly error: unknown; readonly isRetrying: boolean; readonly onRetry: () => void };

/** The cart cannot be checked out as it is: which items, and what can be done about each of them, here. */
export function CheckoutRefused({ error, isRetrying, onRetry }: CheckoutRefusedProps) {
  const t = useTranslations("checkout");
  const message = useErrorMessage();
  if (isApiError(error, "cart_empty")) {
    return (
      <EmptyState title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("toShop")}</ButtonLink>}>
        <p>{t("emptyBody")}</p>
      </EmptyState>
    );
  }
  const items = itemsOf(error);
  if (items.length === 0) return <ErrorState error={error} onRetry={onRetry} isRetrying={isRetrying} />;
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <h1 className="text-2xl font-medium">{t("cannotTitle")}</h1>
      <Notice role="alert" tone="warn">
        {message(error)}
      </Notice>
      <ul className="divide-y divide-line border-y border-line">
        {items.map((item) => (
          <RefusedItem key={item.itemId} item={item} onDone={onRetry} />
        ))}
      </ul>
      <div>
        <ButtonLink href="/cart" variant="secondary">
          {t("toCart")}
        </ButtonLink>
      </div>
    </div>
  );
}

type Refused = { readonly itemId: string; readonly title: string; readonly available: number | null };

function RefusedItem({ item, onDone }: { readonly item: Refused; readonly onDone: () => void }) {
  const t = useTranslations("checkout");
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate, isPending } = useMutation({
    mutationFn: (quantity: number) =>
      call(
        api.PATCH("/api/v1/cart/items/{itemId}/quantity", {
          params: { path: { itemId: item.itemId } },
          body: { quantity },
        }),
      ),
    onSuccess: onDone,
    onError: (error) => toast({ text: message(error), tone: "bad" }),
  });
  const { available, title } = item;
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-4">
      <span className="text-sm">{title}</span>
      <span className="flex flex-wrap gap-2">
        {available !== null && available > 0 && (
          <Button variant="secondary" size="sm" isBusy={isPending} onClick={() => mutate(available)}>
            {t("keepOnly", { count: available })}
          </Button>
        )}
        <Button variant="ghost" size="sm" isBusy={isPending} onClick={() => mutate(0)}>
          {t("remove")}
        </Button>
      </span>
    </li>
  );
}

function itemsOf(error: unknown): Refused[] {
  const items = isApiError(error) ? error.failure.details?.["items"] : undefined;
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null || !("itemId" in item) || !("title" in item)) return [];
    const available = "available" in item && typeof item.available === "number" ? item.available : null;
    return [{ itemId: String(item.itemId), title: String(item.title), available }];
  });
}
