import type { Session } from "@muse/contracts/checkout";
import type { QueryClient, UseMutationOptions } from "@tanstack/react-query";
import { openSessionKey } from "./session-query.ts";

export type DeliveryChoice = { readonly storeId: string; readonly optionId: string };

type Choosing = {
  readonly client: QueryClient;
  /** Answers the session as it is with the choice. */
  readonly send: (choice: DeliveryChoice) => Promise<Session>;
  readonly onRefused: (error: Error) => void;
};

type Before = { readonly optionId: string | null };

const mutationKey = ["checkout", "delivery"] as const;

/**
 * A choice is shown in the very event that made it, or the button that was pressed would jump back first; the amounts
 * follow with the answer. A refusal puts back what that store had, and no other's choice.
 */
export function choosingDelivery(options: Choosing): UseMutationOptions<Session, Error, DeliveryChoice, Before> {
  const { client, send, onRefused } = options;
  const show = (change: (now: Session) => Session): void => {
    client.setQueriesData<Session>({ queryKey: openSessionKey }, (now) => (now === undefined ? now : change(now)));
  };
  return {
    mutationKey,
    scope: { id: "checkout-delivery" },
    mutationFn: send,
    onMutate: (choice) => {
      // Stops at once: an answer to what was asked before would undo the choice.
      void client.cancelQueries({ queryKey: openSessionKey });
      const before = optionOf(shownIn(client), choice.storeId);
      show((now) => withOption(now, choice.storeId, choice.optionId));
      return { optionId: before };
    },
    onSuccess: (answered, choice) => {
      const later = waiting(client, choice);
      show(() => later.reduce((now, { storeId, optionId }) => withOption(now, storeId, optionId), answered));
    },
    onError: (error, choice, before) => {
      const later = waiting(client, choice);
      if (before !== undefined && !later.some(({ storeId }) => storeId === choice.storeId)) {
        show((now) => withOption(now, choice.storeId, before.optionId, later.length === 0));
      }
      // What stood before may have been a choice that was refused, too: the API knows what holds.
      if (later.length === 0) void client.invalidateQueries({ queryKey: openSessionKey });
      onRefused(error);
    },
  };
}

/** There is one form at a time. */
function shownIn(client: QueryClient): Session | undefined {
  return client.getQueriesData<Session>({ queryKey: openSessionKey }).find(([, shown]) => shown !== undefined)?.[1];
}

/** What has been chosen since and not been answered yet. */
function waiting(client: QueryClient, answered: DeliveryChoice): DeliveryChoice[] {
  return client
    .getMutationCache()
    .findAll({ mutationKey, status: "pending" })
    .map(({ state }) => state.variables as DeliveryChoice)
    .filter((choice) => choice !== answered);
}

function optionOf(session: Session | undefined, storeId: string): string | null {
  const store = session?.cartSnapshot.stores.find((candidate) => candidate.storeId === storeId);
  return store?.shippingOptionId ?? null;
}

/** Until the new total has come, the old one is not what would be paid. */
function withOption(session: Session, storeId: string, optionId: string | null, isFinal = false): Session {
  const stores = session.cartSnapshot.stores.map((store) =>
    store.storeId === storeId ? { ...store, shippingOptionId: optionId } : store,
  );
  return { ...session, cartSnapshot: { stores, summary: { ...session.cartSnapshot.summary, isFinal } } };
}
