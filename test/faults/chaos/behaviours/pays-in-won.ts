import { wonPaper, wonStatements } from "../../won.ts";
import type { Behaviour, Visit } from "../behaviour.ts";
import { GoneError, type Said } from "../customer.ts";
import { giveAddress, refused, sessionPath, startSession, watchSession } from "../visit.ts";

export const paysInWon: Behaviour = {
  name: "pays-in-won",
  tells: "agrees in Toss's window, comes back once, twice or with another amount; or pays into an account",
  weight: 4,
  play: async (visit) => {
    const { customer, random, shop } = visit;
    for (const statement of wonStatements) await shop.query(statement, []);
    const said = await customer.ask("POST /api/v1/cart/items/batch", {
      body: { items: [{ ...wonPaper, quantity: 1 }] },
    });
    if (said.code !== null) throw refused("filling the cart", said);
    const { sessionId } = await startSession(visit);
    await giveAddress(visit, sessionId);
    const isTransfer = random.chance(0.3);
    const agreed = await agree(visit, sessionId, isTransfer ? "VIRTUAL_ACCOUNT" : "CARD");
    if (random.chance(0.2)) {
      const tampered = await confirm(visit, { ...agreed, amount: agreed.amount + 1 });
      if (tampered.code !== "payment_amount_mismatch") throw refused("another amount", tampered);
    }
    const times = random.pick([1, 1, 2, 3]);
    await Promise.all(Array.from({ length: times }, async () => await confirm(visit, agreed)));
    if (!isTransfer) return;
    await watchSession(visit, sessionId, ({ payment }) => payment !== "checking");
    if (random.chance(0.7)) {
      visit.acts.push(Date.now());
      await shop.sandbox.depositAtToss(agreed.paymentKey);
      return;
    }
    const cancelled = await customer.ask(`POST ${sessionPath(sessionId, "/cancel")}`, { body: {} });
    if (cancelled.code === null || endCodes.includes(cancelled.code)) return;
    throw refused("thinking again", cancelled);
  },
};

const endCodes = ["session_processing", "session_closed", "session_expired", "session_cancelled"];

type Agreed = { readonly orderId: string; readonly paymentKey: string; readonly amount: number };

async function agree({ customer, shop }: Visit, sessionId: string, method: string): Promise<Agreed> {
  const said = await customer.ask(`POST ${sessionPath(sessionId, "/toss")}`, { body: {} });
  if (said.code !== null && endCodes.includes(said.code)) throw new GoneError(said.code);
  if (said.code !== null) throw refused("opening the window", said);
  const { orderId, amountCents: amount } = said.data as { readonly orderId: string; readonly amountCents: number };
  return { orderId, amount, paymentKey: await shop.sandbox.agreeAtToss({ orderId, amount, method }) };
}

const confirmCodes = [...endCodes, "payment_declined", "payment_amount_mismatch", "payment_provider_unavailable"];

async function confirm(visit: Visit, agreed: Agreed): Promise<Said> {
  visit.acts.push(Date.now());
  const said = await visit.customer.ask("POST /api/payments/toss/confirm", { body: agreed });
  if (said.code === null || confirmCodes.includes(said.code)) return said;
  throw refused("confirming", said);
}
