import assert from "node:assert/strict";
import { test } from "node:test";
import type { Session } from "@muse/contracts/checkout";
import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { choosingDelivery, type DeliveryChoice } from "./choose-delivery.ts";
import { openSessionKey } from "./session-query.ts";

type Sent = DeliveryChoice & { readonly answer: (session: Session) => void; readonly refuse: (why: Error) => void };

/** What of a session this is about. */
function sessionWith(chosen: Readonly<Record<string, string>>, totalCents: number): Session {
  const stores = Object.entries(chosen).map(([storeId, shippingOptionId]) => ({ storeId, shippingOptionId }));
  return { cartSnapshot: { stores, summary: { totalCents, isFinal: true } } } as unknown as Session;
}

function open() {
  const client = new QueryClient();
  client.setQueryData(openSessionKey, sessionWith({ a: "slow", b: "slow" }, 1000));
  const sent: Sent[] = [];
  const refused: string[] = [];
  const choosing = choosingDelivery({
    client,
    send: (choice) => new Promise((answer, refuse) => sent.push({ ...choice, answer, refuse })),
    onRefused: ({ message }) => refused.push(message),
  });
  const shown = () => {
    const { stores, summary } = client.getQueryData<Session>(openSessionKey)?.cartSnapshot ?? assert.fail();
    return [...stores.map(({ shippingOptionId }) => shippingOptionId), summary.totalCents, summary.isFinal];
  };
  const choose = (storeId: string, optionId: string): void =>
    void new MutationObserver(client, choosing).mutate({ storeId, optionId }).catch(() => undefined);
  return { client, sent, refused, shown, choose };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test("is shown in the event that made it, also while the session is being read", async () => {
  const { client, shown, choose, sent } = open();
  let answerRead: (session: Session) => void = () => assert.fail();
  const queryFn = (): Promise<Session> => new Promise((resolve) => (answerRead = resolve));
  const reading = client.fetchQuery({ queryKey: openSessionKey, queryFn });
  await settled();

  choose("a", "fast");
  assert.deepEqual(shown(), ["fast", "slow", 1000, false]);

  // Read before the choice, told after it.
  answerRead(sessionWith({ a: "slow", b: "slow" }, 1000));
  await reading;
  await settled();
  assert.deepEqual(shown(), ["fast", "slow", 1000, false]);
  sent[0]?.answer(sessionWith({ a: "fast", b: "slow" }, 1500));
  await settled();
  assert.deepEqual(shown(), ["fast", "slow", 1500, true]);
});

test("a refusal puts back what the store had, with a word, and leaves alone what was chosen since", async () => {
  const { sent, refused, shown, choose } = open();
  choose("a", "fast");
  choose("b", "fast");
  assert.deepEqual(shown(), ["fast", "fast", 1000, false]);
  await settled();
  assert.equal(sent.length, 1, "one after the other");

  sent[0]?.refuse(new Error("Gone."));
  await settled();
  assert.deepEqual(refused, ["Gone."]);
  assert.deepEqual(shown(), ["slow", "fast", 1000, false]);

  sent[1]?.refuse(new Error("Gone as well."));
  await settled();
  assert.deepEqual(shown(), ["slow", "slow", 1000, true]);
});

test("an answer to the first of two choices does not take the second back", async () => {
  const { sent, shown, choose } = open();
  choose("a", "fast");
  choose("a", "faster");
  await settled();
  sent[0]?.answer(sessionWith({ a: "fast", b: "slow" }, 1500));
  await settled();
  assert.deepEqual(shown(), ["faster", "slow", 1500, false]);
  sent[1]?.answer(sessionWith({ a: "faster", b: "slow" }, 2500));
  await settled();
  assert.deepEqual(shown(), ["faster", "slow", 2500, true]);
});

test("after two refusals the session is read anew: what stood before the second was refused, too", async () => {
  const { client, sent, shown, choose } = open();
  const queryFn = (): Promise<Session> => Promise.resolve(sessionWith({ a: "slow", b: "slow" }, 1000));
  const watching = new QueryObserver(client, { queryKey: openSessionKey, queryFn, staleTime: 60_000 });
  const stop = watching.subscribe(() => undefined);
  choose("a", "fast");
  choose("a", "faster");
  await settled();
  sent[0]?.refuse(new Error("Gone."));
  await settled();
  assert.deepEqual(shown(), ["faster", "slow", 1000, false]);
  sent[1]?.refuse(new Error("Gone as well."));
  await settled();
  assert.deepEqual(shown(), ["slow", "slow", 1000, true]);
  stop();
});
