import { wonPaper, wonStatements } from "../../won.ts";
import type { Behaviour } from "../behaviour.ts";
import { agree, confirm, endCodes } from "../toss-window.ts";
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
