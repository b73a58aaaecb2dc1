import type { DisputeReport } from "@muse/contracts/ledger";
import type { DisputeTexts } from "@muse/contracts/dispute-answer";
import type { z } from "zod";

type Report = z.input<typeof DisputeReport>;
export type HeldEvidence = Report["evidence"];
export type ShipTo = {
  readonly name: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
};

/** Of each long text, as Stripe has it. */
const textMax = 20_000;

/**
 * What we hold, as a bank reads it: an operator looks it over, shortens and adds. In English, which is what card
 * networks read. A text that would be empty is left out.
 */
export function draftEvidence(held: HeldEvidence, shipTo: ShipTo | null): DisputeTexts {
  const drafted = {
    productDescription: goodsOf(held),
    customerName: shipTo?.name ?? "",
    customerEmailAddress: held.contactEmail ?? "",
    shippingAddress: held.orders.some(({ parcels }) => parcels.length > 0) ? addressOf(shipTo) : "",
    ...parcelsOf(held),
    serviceDate: held.proofs[0] === undefined ? "" : dayOf(held.proofs[0].grantedAt),
    accessActivityLog: accessOf(held),
    refundPolicyDisclosure: waiversOf(held),
    uncategorizedText: storyOf(held),
  };
  const filled = Object.entries(drafted).filter(([, text]) => text !== "");
  return Object.fromEntries(filled.map(([field, text]) => [field, text.slice(0, textMax)]));
}

function goodsOf({ orders }: HeldEvidence): string {
  return orders
    .map(({ museOrderNumber, storeName, items, totalDisplay }) => {
      const goods = items.map(({ title, quantity }) => `${quantity} x ${title}`).join("; ");
      return `Order ${museOrderNumber} (${storeName}), ${totalDisplay}: ${goods}`;
    })
    .join("\n");
}

function addressOf(shipTo: ShipTo | null): string {
  if (shipTo === null) return "";
  const { name, address1, address2, city, state, zip, country } = shipTo;
  return [name, address1, address2, `${city}, ${state} ${zip}`, country]
    .filter((line) => line !== null && line !== "")
    .join("\n");
}

/** Several carriers and numbers are parted by commas, as the fields ask. */
function parcelsOf({ orders }: HeldEvidence) {
  const parcels = orders.flatMap((order) => order.parcels);
  const shippedAt = orders.flatMap(({ history }) => history.filter(({ to }) => to === "shipped").map(({ at }) => at));
  return {
    shippingCarrier: [...new Set(parcels.map(({ carrier }) => carrier))].join(", "),
    shippingTrackingNumber: parcels.map(({ trackingNumber }) => trackingNumber).join(", "),
    shippingDate: parcels.length === 0 ? "" : [...new Set(shippedAt.map(dayOf))].join(", "),
  };
}

function accessOf({ proofs, signIns }: HeldEvidence): string {
  const lines = proofs.flatMap(({ museOrderNumber, grantedAt, downloadCount, downloads }) => [
    `Order ${museOrderNumber}: files made available ${timeOf(grantedAt)}; asked for ${downloadCount} times`,
    ...downloads.map(
      ({ at, fileName, network }) =>
        `${timeOf(at)} ${fileName === null ? "download links given out" : `downloaded "${fileName}"`}${from(network)}`,
    ),
  ]);
  if (proofs.length === 0) return "";
  return [
    ...lines,
    ...signIns.map(({ at, address }) => `${timeOf(at)} signed in to the buyer's account${from(address)}`),
  ].join("\n");
}

function waiversOf({ proofs }: HeldEvidence): string {
  return proofs
    .flatMap(({ museOrderNumber, waiver }) =>
      waiver === null
        ? []
        : [
            `Order ${museOrderNumber}: at ${timeOf(waiver.waivedAt)}, before the files were given, the buyer agreed to:\n"${waiver.wording}"`,
          ],
    )
    .join("\n\n");
}

/** Everything with its time, in order: what a bank's reader goes through once. */
function storyOf(held: HeldEvidence): string {
  const facts: [string, string][] = [
    [held.startedAt, "Checkout begun"],
    ...held.attempts.map(({ number, status, at }): [string, string] => [at, `Payment, try ${number}: ${word(status)}`]),
    ...(held.paidAt === null ? [] : [[held.paidAt, `Paid ${held.chargedDisplay}`] satisfies [string, string]]),
    ...held.orders.flatMap(({ museOrderNumber, storeName, history, parcels }): [string, string][] => [
      ...history.map(({ to, at }): [string, string] => [at, `Order ${museOrderNumber} (${storeName}): ${word(to)}`]),
      // Its number stands in a field of its own: in a text, long digits may pass for a card's.
      ...parcels.flatMap(({ carrier, deliveredAt }): [string, string][] =>
        deliveredAt === null ? [] : [[deliveredAt, `Parcel by ${carrier} delivered`]],
      ),
    ]),
    ...held.mails
      .filter(({ isSent }) => isSent)
      .map(({ kind, at }): [string, string] => [at, `Mail to the buyer: ${word(kind)}`]),
  ];
  const refunded = held.refundedCents > 0 ? [`Given back to the buyer: ${held.refundedDisplay}`] : [];
  const told = facts.toSorted(([a], [b]) => Date.parse(a) - Date.parse(b)).map(([at, what]) => `${timeOf(at)} ${what}`);
  return [...told, ...refunded].join("\n");
}

function from(place: string | null): string {
  return place === null ? "" : ` from ${place}`;
}

function word(code: string): string {
  return code.replaceAll("_", " ");
}

function timeOf(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function dayOf(at: string): string {
  return new Date(at).toISOString().slice(0, 10);
}
