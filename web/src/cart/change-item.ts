import type { Cart, CartItem, CartSummary } from "@muse/contracts/cart";
import type { QueryClient, UseMutationOptions } from "@tanstack/react-query";
import { isApiError } from "#web/api/error.ts";
import { cartMoved, cartQuery, sumsMoved } from "./cart-query.ts";

/** Of a line as it was shown when it was pressed. A quantity of 0 removes it. */
export type Change =
  | { readonly item: CartItem; readonly quantity: number }
  | { readonly item: CartItem; readonly variantId: string }
  | { readonly item: CartItem; readonly isAddedBack: true };

export type Changed = { readonly version: number; readonly summary: CartSummary };

type Changing = {
  readonly client: QueryClient;
  readonly send: (change: Change) => Promise<Changed>;
  readonly onRemoved: (item: CartItem) => void;
  readonly onRefused: (error: Error, change: Change) => void;
};

/** The changes that have not been answered yet, in the order in which they were made. */
export const waitingFilter = { mutationKey: ["cart", "change"], status: "pending" } as const;

/**
 * One change after the other. What is kept is the cart as the API holds it; what waits is shown on top of it
 * (`withChanges`), so a refusal has nothing to put back, and no answer can undo what was pressed after it.
 */
export function changingItem(options: Changing): UseMutationOptions<Changed, Error, Change> {
  const { client, send, onRemoved, onRefused } = options;
  const { queryKey } = cartQuery;
  return {
    mutationKey: waitingFilter.mutationKey,
    scope: { id: "cart" },
    // Without a connection a change is refused in words, rather than kept for an hour in which it may be forgotten.
    networkMode: "always",
    mutationFn: send,
    onSuccess: (changed, change) => {
      // Stops at once: what was read before the change must not be shown after it.
      void client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (known) => (known === undefined ? known : withChanges(known, [change])));
      sumsMoved(client, changed);
      // Not waited for: the next press need not wait for the whole cart.
      // A line of another variant may have become one with its sister, whose quantity is counted on from.
      if (isLast(client, change) || "variantId" in change) void cartMoved(client, changed);
      if ("quantity" in change && change.quantity === 0) onRemoved(change.item);
    },
    onError: (error, change) => {
      // Where nobody was reached, what came of it is unknown: the cart tells, and nothing else is asked in vain.
      const isReached = isApiError(error) && error.status !== 0;
      if (isLast(client, change)) void client.invalidateQueries({ queryKey: isReached ? ["cart"] : queryKey });
      onRefused(error, change);
    },
  };
}

/** Only what was pressed: sums are the API's to compute, and stay as they were until they come. */
export function withChanges(cart: Cart, changes: readonly Change[]): Cart {
  return changes.reduce(
    (now, change) => ("quantity" in change ? withQuantity(now, change.item.itemId, change.quantity) : now),
    cart,
  );
}

function withQuantity(cart: Cart, itemId: string, quantity: number): Cart {
  const stores = cart.stores
    .map((store) => ({
      ...store,
      items: store.items.flatMap((item) => {
        if (item.itemId !== itemId) return [item];
        return quantity === 0 ? [] : [{ ...item, quantity }];
      }),
    }))
    .filter(({ items }) => items.length > 0);
  return { ...cart, stores };
}

/** Whether nothing has been pressed since: then the whole cart is read anew, and not with every answer. */
function isLast(client: QueryClient, answered: Change): boolean {
  const waiting = client.getMutationCache().findAll(waitingFilter);
  return waiting.every(({ state }) => state.variables === answered);
}
