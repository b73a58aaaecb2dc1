/** What journeys of files are made of: the sandbox's sellers' goods in dollars, bought and looked at. */
import { readFiles, whyNotWhole, type FileGood } from "./files.ts";
import { payWith, type Stage } from "./journey.ts";
import type { Lane } from "./lane.ts";
import { JourneyError } from "./shopper.ts";
import { waitFor } from "./wait-for.ts";

export const titles = {
  notebook: "Dotted Notebook to Print",
  plan: "Twelve Weeks to Ten Kilometres",
  bread: "Sourdough, Hour by Hour",
  palettes: "Palettes of Four Seasons",
} as const;

const buyer = "dana.harbor@example.com";

export async function filesNamed({ database }: Lane, wanted: readonly string[]): Promise<readonly FileGood[]> {
  const all = await readFiles(async <Row extends object>(text: string) => (await database.query<Row>(text)).rows);
  return wanted.map((title) => {
    const good = all.find((each) => each.title === title);
    if (good === undefined) throw new Error(`nobody sells "${title}"`);
    return good;
  });
}

/** Files alone, up to the button: nobody is asked for an address. @returns the session's id */
export async function checkOutFiles(stage: Stage, wanted: readonly string[], card: string): Promise<string> {
  const { lane, shopper } = stage;
  const items = (await filesNamed(lane, wanted)).map(({ productId, variantId }) => ({
    productId,
    variantId,
    quantity: 1,
  }));
  await shopper.get("POST /api/v1/cart/items/batch", { items });
  const { sessionId } = await shopper.get<{ sessionId: string }>("POST /api/v1/checkout/sessions", {});
  await shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/email`, { email: buyer });
  await payWith(shopper, sessionId, card);
  return sessionId;
}

/** All of it comes down, as it was put up. @throws JourneyError */
export async function mustHave({ lane, shopper }: Stage, ...wanted: readonly string[]): Promise<void> {
  for (const good of await filesNamed(lane, wanted)) {
    const why = await whyNotWhole(shopper, () => lane.apiUrl, good);
    if (why !== null) throw new JourneyError(`${good.title} was bought, and is not there: ${why}`);
  }
}

/** @throws JourneyError unless the API refuses it for this reason */
export async function mustNotHave({ lane, shopper }: Stage, title: string, code: string): Promise<void> {
  for (const good of await filesNamed(lane, [title])) {
    const why = await whyNotWhole(shopper, () => lane.apiUrl, good);
    if (why !== code) throw new JourneyError(`${title} should be refused as ${code}: ${why ?? "it came down"}`);
  }
}

/** Longer than a program needs to come back and hear of it. */
const heardMsMax = 40_000;

/** Waits until a file's order is to its buyer what is said; asks the database, so that waiting sends no messages. */
export async function untilAccess(
  { lane: { database } }: Stage,
  sessionId: string,
  title: string,
  access: string,
): Promise<string> {
  return await waitFor(`"${title}" being ${access}`, heardMsMax, async () => {
    const { rows } = await database.query<{ orderNumber: string }>(
      `select h.order_number as "orderNumber" from access.holding h
       join orders.store_order o using (order_number) join orders.order_item i using (order_number)
       where o.session_id = $1 and i.title = $2
         and case when h.revoked_at is not null then h.revoke_reason when h.frozen_at is not null then 'frozen' else 'open' end = $3`,
      [sessionId, title, access],
    );
    return rows[0]?.orderNumber;
  });
}

/** What the provider calls the charge of a checkout. */
export async function intentOf({ lane: { database } }: Stage, sessionId: string): Promise<string> {
  return await waitFor("the payment", heardMsMax, async () => {
    const { rows } = await database.query<{ ref: string }>(
      "select p.provider_ref as ref from payment.payment p where p.session_id = $1 and p.status = 'succeeded'",
      [sessionId],
    );
    return rows[0]?.ref;
  });
}
