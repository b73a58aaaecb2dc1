import type { Behaviour } from "../behaviour.ts";
import { GoneError } from "../customer.ts";
import { checkOutFiles, fetchWhatIsMine, fileComplaints, fileWishes, payForFiles } from "../files.ts";
import { cards, readSession, refused } from "../visit.ts";

export const wantsFileBack: Behaviour = {
  name: "wants-file-back",
  tells: "buys files, has them, and wants the money of one of them back, once or twice",
  weight: 4,
  play: async (visit) => {
    const { customer, random } = visit;
    visit.later.push(async (back) => await fileComplaints(visit, back));
    const sessionId = await checkOutFiles(visit, fileWishes(visit), random.pick(cards.good));
    await payForFiles(visit, sessionId);
    await fetchWhatIsMine(visit, sessionId);
    const { orders } = await readSession(customer, sessionId);
    if (orders.length === 0) throw new GoneError("nothing was bought");
    const { museOrderNumber } = random.pick(orders);
    const asked = random.pick([1, 1, 2]);
    const reason = "not what I thought it was";
    const words = await Promise.all(
      Array.from(
        { length: asked },
        async () => await customer.ask(`POST /api/v1/orders/${museOrderNumber}/refund-request`, { body: { reason } }),
      ),
    );
    for (const said of words)
      if (said.code !== null && said.code !== "refund_not_possible") throw refused("asking for a refund", said);
    // A file is there at once: there is nothing to call back.
    if (!random.chance(0.3)) return;
    const said = await customer.ask(`POST /api/v1/orders/${museOrderNumber}/cancel`, { body: {} });
    if (said.code !== "order_not_cancellable") throw refused("cancelling a file", said);
  },
};
