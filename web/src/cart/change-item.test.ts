import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cart, CartItem, CartSummary } from "@muse/contracts/cart";
import { MutationObserver, onlineManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { cartQuery } from "./cart-query.ts";
import { changingItem, waitingFilter, withChanges, type Change, type Changed } from "./change-item.ts";

type Sent = { readonly change: Change; readonly answer: () => void; readonly refuse: (why: Error) => void };
type Held = Readonly<Record<string, number>>;

const itemOf = (itemId: string, quantity: number): CartItem => ({ itemId, quantity }) as unknown as CartItem;

/** What of a cart this is about: two lines of one store. */
function cartWith(held: Held): Cart {
  const items = Object.entries(held).map(([itemId, quantity]) => itemOf(itemId, quantity));
  return { version: 1, stores: [{ storeId: "s", items }], summary: {} } as unknown as Cart;
}

function open(held: Held) {
  const client = new QueryClient();
  const { queryKey } = cartQuery;
  client.setQueryData(queryKey, cartWith(held));
  const reads: ((now: Held) => void)[] = [];
  const queryFn = (): Promise<Cart> => new Promise((resolve) => reads.push((now) => resolve(cartWith(now))));
  const stop = new QueryObserver(client, { queryKey, queryFn, staleTime: 60_000 }).subscribe(() => undefined);
  const sent: Sent[] = [];
  const said: string[] = [];
  const changing = changingItem({
    client,
    send: (change) =>
      new Promise((resolve, refuse) => {
        const answer = (): void => resolve({ version: 2, summary: {} as CartSummary } satisfies Changed);
        sent.push({ change, answer, refuse });
      }),
    onRemoved: ({ itemId }) => said.push(`${itemId} was removed`),
    onRefused: ({ message }) => said.push(message),
  });
  return {
    reads,
    sent,
    said,
    stop,
    /** What the page shows, as `useCart` puts it together. */
    shown: () => {
      const waiting = client.getMutationCache().findAll(waitingFilter);
      const changes = waiting.map(({ state }) => state.variables as Change);
      const cart = withChanges(client.getQueryData(queryKey) ?? assert.fail(), changes);
      return Object.fromEntries(cart.stores.flatMap(({ items }) => items.map((item) => [item.itemId, item.quantity])));
    },
    reread: () => void client.invalidateQueries({ queryKey }),
    change: (change: Change): void => void new MutationObserver(client, changing).mutate(change).catch(() => undefined),
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test("what was pressed last is what is shown, and the whole cart is read once, after the last answer", async () => {
  const { change, shown, sent, reads, stop } = open({ a: 1 });
  for (const quantity of [2, 3, 4]) change({ item: itemOf("a", quantity - 1), quantity });
  assert.deepEqual(shown(), { a: 4 });
  for (const index of [0, 1, 2]) {
    await settled();
    assert.equal(sent.length, index + 1, "one after the other");
    assert.equal(reads.length, 0);
    sent[index]?.answer();
    await settled();
    assert.deepEqual(shown(), { a: 4 });
  }
  assert.equal(reads.length, 1);
  reads[0]?.({ a: 4 });
  await settled();
  assert.deepEqual(shown(), { a: 4 });
  stop();
});

test("a cart that was read before a change, or in the midst of several, does not undo them", async () => {
  const { change, shown, sent, reads, reread, stop } = open({ a: 1 });
  reread();
  change({ item: itemOf("a", 1), quantity: 2 });
  change({ item: itemOf("a", 2), quantity: 3 });
  await settled();
  reads[0]?.({ a: 1 });
  await settled();
  assert.deepEqual(shown(), { a: 3 });
  reread();
  sent[0]?.answer();
  await settled();
  reads[1]?.({ a: 1 });
  sent[1]?.answer();
  await settled();
  assert.deepEqual(shown(), { a: 3 });
  stop();
});

test("a refused removal shows the line again, where it was, and is not said to be done", async () => {
  const { change, shown, sent, said, reads, stop } = open({ a: 1, b: 1, c: 1 });
  change({ item: itemOf("a", 1), quantity: 0 });
  change({ item: itemOf("b", 1), quantity: 2 });
  change({ item: itemOf("c", 1), quantity: 2 });
  assert.deepEqual(shown(), { b: 2, c: 2 });
  await settled();
  sent[0]?.refuse(new Error("a stays"));
  await settled();
  assert.deepEqual(said, ["a stays"]);
  assert.deepEqual(Object.entries(shown()), Object.entries({ a: 1, b: 2, c: 2 }));
  sent[1]?.refuse(new Error("b stays"));
  await settled();
  assert.deepEqual(shown(), { a: 1, b: 1, c: 2 });
  assert.equal(reads.length, 0);
  sent[2]?.refuse(new Error("c stays"));
  await settled();
  assert.deepEqual(shown(), { a: 1, b: 1, c: 1 });
  assert.equal(reads.length, 1, "what the API holds is read anew");
  stop();
});

test("a removal is said once it is done, and taking it back waits for those before it", async () => {
  const { change, shown, sent, said, reads, stop } = open({ a: 1, b: 3 });
  change({ item: itemOf("b", 3), quantity: 0 });
  change({ item: itemOf("a", 1), quantity: 0 });
  assert.deepEqual(shown(), {});
  await settled();
  assert.deepEqual(said, []);
  sent[0]?.answer();
  await settled();
  assert.deepEqual(said, ["b was removed"]);
  change({ item: itemOf("b", 3), isAddedBack: true });
  await settled();
  assert.equal(sent.length, 2, "not before a's removal was answered");
  sent[1]?.answer();
  await settled();
  assert.deepEqual(sent[2]?.change, { item: itemOf("b", 3), isAddedBack: true });
  assert.equal(reads.length, 0);
  sent[2]?.answer();
  await settled();
  reads[0]?.({ b: 3 });
  await settled();
  assert.deepEqual(shown(), { b: 3 });
  assert.deepEqual(said, ["b was removed", "a was removed"]);
  stop();
});

test("without a connection a change is refused at once, and not kept to be sent when it comes back", async () => {
  onlineManager.setOnline(false);
  try {
    const { change, shown, sent, said, stop } = open({ a: 1 });
    change({ item: itemOf("a", 1), quantity: 2 });
    await settled();
    assert.equal(sent.length, 1, "asked, though nobody will be reached");
    sent[0]?.refuse(new Error("no connection"));
    await settled();
    assert.deepEqual(said, ["no connection"]);
    assert.deepEqual(shown(), { a: 1 });
    stop();
  } finally {
    onlineManager.setOnline(true);
  }
});
