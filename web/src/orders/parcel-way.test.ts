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

const places = (parcel: Parcel) => wayOf(parcel).stations.map(({ place }) => place);

test("a parcel goes from where it was first seen to the door, each place once", () => {
  const all: Parcel = { status: "delivered", events: [sent, left, sorted, out, there], deliveredAt: there.at };
  assert.deepEqual(places(all), ["Columbus, OH", "New York, NY", null]);
  assert.equal(wayOf(all).position, 2);
  assert.equal(wayOf(all).stations.at(-1)?.at, there.at);
});

test("it moves with every scan, and never backwards", () => {
  const steps = [
    wayOf({ status: "label_created", events: [sent], deliveredAt: null }),
    wayOf({ status: "in_transit", events: [sent, left], deliveredAt: null }),
    wayOf({ status: "in_transit", events: [sent, left, sorted], deliveredAt: null }),
    wayOf({ status: "out_for_delivery", events: [sent, left, sorted, out], deliveredAt: null }),
    wayOf({ status: "delivered", events: [sent, left, sorted, out, there], deliveredAt: there.at }),
  ];
  const shares = steps.map(({ stations, position }) => position / (stations.length - 1));
  assert.deepEqual(
    shares,
    shares.toSorted((one, other) => one - other),
  );
  assert.equal(shares.at(-1), 1);
});

test("a parcel that nobody has scanned still has a way", () => {
  const { stations, position } = wayOf({ status: "label_created", events: [], deliveredAt: null });
  assert.equal(stations.length, 2);
  assert.equal(position, 0);
});

test("a long way shows its beginning and its end", () => {
  const events = ["A", "B", "C", "D", "E"].map((place, index) => event(index, "in_transit", place));
  assert.deepEqual(places({ status: "in_transit", events, deliveredAt: null }), ["A", "D", "E", null]);
});
