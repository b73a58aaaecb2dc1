/** Who sits at the desk, and what lies on it. */
import { setTimeout as delay } from "node:timers/promises";
import { codeOf } from "../authenticator.ts";
import type { Market } from "./cast-market.ts";
import { payOut } from "./cast-payouts.ts";
import type { Person } from "./person.ts";
import {
  addressed,
  advance,
  buy,
  card,
  once,
  password,
  signUp,
  untilStatus,
  type PlacedOrder,
  type Stage,
} from "./stage.ts";

export type Desk = {
  /** Has the role, and has shown a second factor. */
  readonly operator: () => Promise<Person>;
  readonly work: () => Promise<Work>;
  /** A charge that its bank asks back. */
  readonly dispute: () => Promise<string>;
  /** Another, which its bank has been answered. */
  readonly answeredDispute: () => Promise<string>;
  /** Something that nobody asked for was paid, and more that the house should know of. */
  readonly alerts: () => Promise<void>;
  /** Somebody is paid for what they sold; their id. */
  readonly payouts: () => Promise<string>;
  /** A comparison of our books with the provider's. */
  readonly run: () => Promise<string>;
};

/** Order numbers. */
export type Work = {
  /** Waits for somebody. */
  readonly open: string;
  readonly claimed: string;
  /** Nobody saw whether the store took it. */
  readonly unknown: string;
  /** Its shopper wants money back. */
  readonly wantedBack: string;
  /** An operator wants to give back more than one person may. */
  readonly dear: string;
};

export function deskOf(stage: Stage, market: Market): Desk {
  const operator = once(async () => await withFactor(stage, "Dana Desk"));
  const dispute = once(async () => await disputed(stage));
  return {
    operator,
    work: once(async () => await layOut(stage, await operator())),
    dispute,
    answeredDispute: once(async () => await answered(stage, await operator())),
    alerts: once(async () => await paidTwice(stage, await dispute())),
    payouts: once(async () => await payOut(stage, await operator(), market)),
    run: once(async () => await compared(await operator())),
  };
}

async function giveRole({ database }: Stage, { email }: Person): Promise<void> {
  await database.query(`update account."user" set role = 'ops' where email = $1`, [email]);
}

async function withFactor(stage: Stage, name: string): Promise<Person> {
  const person = await stage.newcomer();
  await signUp(person, name);
  const { totpURI } = await person.call<{ totpURI: string }>("POST /api/auth/two-factor/enable", { password });
  const key = new URL(totpURI).searchParams.get("secret") ?? "";
  await person.call("POST /api/auth/two-factor/verify-totp", { code: codeOf(key, Date.now()) });
  await giveRole(stage, person);
  await person.call("POST /api/auth/sign-out", {});
  await person.call("POST /api/auth/sign-in/email", { email: person.email, password });
  // The code that set it up is used; the next one is good already.
  await person.call("POST /api/auth/two-factor/verify-totp", { code: codeOf(key, Date.now() + 30_000) });
  return person;
}

/** Whose orders only a person may place. */
const byHand = "lumen-home";

async function layOut(stage: Stage, operator: Person): Promise<Work> {
  const [open, claimed, unknown] = [await orderByHand(stage), await orderByHand(stage), await orderByHand(stage)];
  await operator.call(`POST /api/v1/admin/manual-orders/${claimed}/claim`, {});
  await stage.database.query("select placement.to_manual_1($1, 'outcome_unknown', 'no answer within 60 s', true)", [
    unknown,
  ]);
  return { open, claimed, unknown, wantedBack: await wantedBack(stage), dear: await dear(stage, operator) };
}

async function orderByHand(stage: Stage): Promise<string> {
  const { orders } = await buy(stage, [byHand]);
  const number = onlyOf(orders).museOrderNumber;
  await until(stage, "select 1 from placement.manual_task where order_number = $1 and status = 'open'", [number]);
  return number;
}

async function wantedBack(stage: Stage): Promise<string> {
  const { person, orders } = await buy(stage, ["harbor-main"]);
  const order = onlyOf(orders);
  await advance(stage, person, order, "delivered");
  const reason = "It came with a cracked lid, and the second one is missing.";
  await person.call(`POST /api/v1/orders/${order.museOrderNumber}/refund-request`, { reason });
  return order.museOrderNumber;
}

async function dear(stage: Stage, operator: Person): Promise<string> {
  const { person, sessionId } = await addressed(stage, ["harbor-main"], undefined, 10);
  const session = `/api/v1/checkout/sessions/${sessionId}`;
  await person.call(`PUT ${session}/payment`, card);
  const { orders } = await person.call<{ orders: PlacedOrder[] }>(`POST ${session}/place`, {});
  const number = onlyOf(orders).museOrderNumber;
  await untilStatus(person, number, ["placed", "confirmed"]);
  await operator.call(`POST /api/v1/admin/orders/${number}/refund`, { reason: "The whole box was wet." });
  return number;
}

async function disputed(stage: Stage): Promise<string> {
  const { sessionId } = await buy(stage, ["harbor-main"]);
  const { rows } = await stage.database.query<{ intent: string }>(
    "select provider_ref as intent from payment.payment where session_id = $1",
    [sessionId],
  );
  const answer = await fetch(new URL("/stripe-control/disputes", stage.system.sandboxUrl), {
    method: "POST",
    body: JSON.stringify({ payment_intent: rows[0]?.intent, reason: "product_not_received" }),
  });
  const { id } = (await answer.json()) as { id: string };
  await until(stage, "select 1 from payment.dispute where dispute_id = $1", [id]);
  return id;
}

type Draft = { readonly draft: Readonly<Record<string, string | null>> };

async function answered(stage: Stage, operator: Person): Promise<string> {
  const disputeId = await disputed(stage);
  const { draft } = await operator.call<Draft>(`GET /api/v1/admin/disputes/${disputeId}`);
  const evidence = Object.fromEntries(Object.entries(draft).filter(([, text]) => text !== null && text !== ""));
  const refundRefusalExplanation = "The parcel was handed over, and nobody has asked us.";
  await operator.call(`POST /api/v1/admin/disputes/${disputeId}/answer`, {
    evidence: { ...evidence, refundRefusalExplanation },
  });
  const arrived = "select 1 from payment.dispute_answer where dispute_id = $1 and status = 'submitted'";
  await until(stage, arrived, [disputeId]);
  return disputeId;
}

/** A provider's second charge for a payment, as it is written down when one is heard of. */
async function paidTwice({ database }: Stage, disputeId: string): Promise<void> {
  await database.query(
    `select payment.unmatched_1(p.payment_id, 'pi_second_' || p.payment_id, 'surplus', p.amount_minor, p.currency)
     from payment.dispute d join payment.payment p using (payment_id) where d.dispute_id = $1`,
    [disputeId],
  );
}

type Runs = { readonly reconciliations: readonly { readonly reconciliationId: string; readonly status: string }[] };

async function compared(operator: Person): Promise<string> {
  await operator.call("POST /api/v1/admin/ledger/reconciliations", { provider: "stripe" });
  for (let tries = 0; tries < triesMax; tries += 1) {
    const { reconciliations } = await operator.call<Runs>("GET /api/v1/admin/ledger/reconciliations");
    const ended = reconciliations.find(({ status }) => status !== "running");
    if (ended !== undefined) return ended.reconciliationId;
    await delay(restMs);
  }
  throw new Error("the comparison has not ended");
}

const triesMax = 300;
const restMs = 200;

async function until({ database }: Stage, sql: string, values: readonly string[]): Promise<void> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    if ((await database.query(sql, [...values])).rowCount !== 0) return;
    await delay(restMs);
  }
  throw new Error(`it never came to ${sql} of ${values.join(", ")}`);
}

function onlyOf(orders: readonly PlacedOrder[]): PlacedOrder {
  const [order] = orders;
  if (order === undefined) throw new Error("nothing was ordered");
  return order;
}
