/** Who is in the play: an owner with something of every kind, strangers, and people of the house. */
import { makeCart, makeStore, makeVariant } from "../../server/test/makers.ts";
import { buyFile, makeFile } from "../../server/test/digital.ts";
import { makeSeller } from "../../server/test/sellers.ts";
import { paidOrder, testAddress, type PaidOrder } from "../../server/test/paid-orders.ts";
import { must } from "../../server/src/kernel/assert.ts";
import { newId } from "../../server/src/kernel/ids.ts";
import type { Pool } from "../../server/src/platform/db/pool.ts";
import { setRole } from "../../server/src/rooms/account/index.ts";
import { bearer, type Attacked, type Headers } from "./attacked-system.ts";

export type Person = { readonly accountId: string; readonly headers: Headers; readonly email: string };

/** What an owner has: one of each thing that a path can name. */
export type Belongings = {
  readonly itemId: string;
  readonly addressId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly otherVariantId: string;
  readonly storeId: string;
  readonly sessionId: string;
  readonly orderNumber: string;
  readonly paidSessionId: string;
  /** A file that was bought, and the order that gives it. */
  readonly digitalId: string;
  readonly digitalOrder: string;
  /** Who made the file. */
  readonly sellerId: string;
  readonly disputeId: string;
  readonly reconciliationId: string;
};

export type Owner = Person & { readonly owns: Belongings };

let count = 0;

/** A person who has just signed up. */
export async function newPerson(
  { send, pool }: Attacked,
  role: "shopper" | "seller" | "ops" | "admin" = "shopper",
): Promise<Person> {
  count += 1;
  const email = `${role}.${count}@people.test`;
  const body = { email, password: "long enough", name: `Person ${count}` };
  const { json, text } = await send({ method: "POST", url: "/api/auth/sign-up/email", body });
  const { token, user } = must(json, `sign-up failed: ${text}`) as unknown as { token: string; user: { id: string } };
  const accountId = user.id;
  // Before the first request: what a process has read of a session it keeps for a moment.
  if (role !== "shopper") await setRole(pool, { accountId, role });
  const headers = bearer(token);
  return { accountId, headers, email };
}

/** A visitor with an anonymous account. */
export async function newVisitor({ send }: Attacked): Promise<Person> {
  const { json } = await send({ method: "POST", url: "/api/auth/sign-in/anonymous", body: {} });
  const { token, user } = json as unknown as { token: string; user: { id: string } };
  return { accountId: user.id, headers: bearer(token), email: "" };
}

/** A person with a cart, a session that is not paid, and an order in the manual queue. */
export async function newOwner(attacked: Attacked): Promise<Owner> {
  const person = await newPerson(attacked);
  return { ...person, owns: await belongingsOf(attacked, person) };
}

export async function belongingsOf({ pool, send }: Attacked, person: Person): Promise<Belongings> {
  const paid = await paidOrder(pool, {}, { accountId: person.accountId });
  const storeId = await makeStore(pool);
  const variant = await makeVariant(pool, { storeId, stock: 500 });
  const other = await anotherVariant(pool, variant.productId);
  await makeCart(pool, [{ variant }], person.accountId);
  const sellerId = await makeSeller(pool);
  const digital = await makeFile(pool, { sellerId });
  const bought = await buyFile(pool, digital, person.accountId);
  const started = await send({ method: "POST", url: "/api/v1/checkout/sessions", headers: person.headers, body: {} });
  const session = must(started.json, "a session").data;
  const address = { ...testAddress, email: `${person.accountId.toLowerCase()}@mail.test` };
  const url = `/api/v1/checkout/sessions/${session.sessionId}/shipping`;
  const shipped = await send({ method: "PUT", url, headers: person.headers, body: address });
  if (shipped.status !== 200) throw new Error(`the owner's address was refused: ${shipped.text}`);
  const kept = await send({ method: "POST", url: "/api/v1/addresses", headers: person.headers, body: testAddress });
  const { rows } = await pool.query<{ item_id: string }>("select item_id from cart.item where account_id = $1", [
    person.accountId,
  ]);
  return {
    itemId: must(rows[0], "a line").item_id,
    addressId: must(kept.json, "an address").data.address.addressId,
    productId: variant.productId,
    variantId: variant.variantId,
    otherVariantId: other,
    storeId,
    sessionId: session.sessionId,
    orderNumber: paid.orderNumber,
    paidSessionId: paid.sessionId,
    digitalId: digital.productId,
    digitalOrder: bought.orderNumber,
    sellerId,
    ...(await booksOf(pool, paid)),
  };
}

/** A bank asks what the paid order's charge was, and the books were compared that day. */
async function booksOf(
  pool: Pool,
  { paymentId }: PaidOrder,
): Promise<Pick<Belongings, "disputeId" | "reconciliationId">> {
  const disputeId = `du_${paymentId}`;
  await pool.query(
    "select payment.dispute_note_1($1, 'stripe', $2, 3099, 'USD', 'general', 'inquiry', 0, 0, null, now())",
    [disputeId, `pi_${paymentId}`],
  );
  const reconciliationId = newId("rec");
  await pool.query(
    `insert into ledger.reconciliation (reconciliation_id, provider, from_at, to_at, status)
     values ($1, 'stripe', now() - interval '1 day', now(), 'failed')`,
    [reconciliationId],
  );
  return { disputeId, reconciliationId };
}

async function anotherVariant(pool: Pool, productId: string): Promise<string> {
  const variantId = `var_other${productId.slice(-8)}`;
  await pool.query(
    "insert into catalog.variant (variant_id, product_id, sku, price_minor, size) values ($1, $2, $1, 2600, 'L')",
    [variantId, productId],
  );
  return variantId;
}
