import assert from "node:assert/strict";
import { test } from "node:test";
import { wayOf } from "./parcel-way.ts";

type Parcel = Parameters<typeof wayOf>[0];

const event = (minute: number, status: Parcel["status"], location: string | null) => ({
  at: new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString(),
  status,
  description: "",
  location,
});

const sent = event(0, "label_created", "Columbus, OH");
const left = event(1, "in_transit", "Columbus, OH");
const sorted = event(2, "in_transit", "New York, NY");
const out = event(3, "out_for_delivery", "New York, NY");
const there = event(4, "delivered", "New York, NY");

const places = (parcel: Parcel) => wayOf(parcel, "Fernwood").stations.map(({ place }) => place);

test("a parcel goes from the store to the door, and is at each place once", () => {
  const all: Parcel = { status: "delivered", events: [there, sent, left, sorted, out], deliveredAt: there.at };
  assert.deepEqual(places(all), ["Fernwood", "Columbus, OH", "New York, NY", null]);
  assert.equal(wayOf(all, "Fernwood").position, 3);
  assert.equal(wayOf(all, "Fernwood").stations.at(-1)?.at, there.at);
});

test("it moves with what the carrier says, and never backwards", () => {
  const steps: Parcel[] = [
    { status: "label_created", events: [sent], deliveredAt: null },
    { status: "in_transit", events: [sent, left], deliveredAt: null },
    { status: "in_transit", events: [sent, left, sorted], deliveredAt: null },
    { status: "out_for_delivery", events: [sent, left, sorted, out], deliveredAt: null },
    { status: "delivered", events: [sent, left, sorted, out, there], deliveredAt: there.at },
  ];
  const shares = steps.map((step) => {
    const { stations, position } = wayOf(step, "Fernwood");
    return position / (stations.length - 1);
  });
  assert.deepEqual(
    shares,
    shares.toSorted((one, other) => one - other),
  );
  assert.equal(shares[0], 0);
  assert.equal(shares.at(-1), 1);
});

test("a parcel that nobody has scanned still has a way", () => {
  assert.deepEqual(places({ status: "label_created", events: [], deliveredAt: null }), ["Fernwood", null]);
  assert.equal(wayOf({ status: "in_transit", events: [], deliveredAt: null }, "Fernwood").position, 0.5);
});

test("of a long way the last places are shown", () => {
  const events = ["A", "B", "C", "D"].map((place, index) => event(index, "in_transit", place));
  assert.deepEqual(places({ status: "in_transit", events, deliveredAt: null }), ["Fernwood", "C", "D", null]);
});
