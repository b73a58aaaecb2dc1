import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";

export const storeTimesOut: Journey = {
  name: "store-times-out",
  tells: "a store without idempotency accepts and never answers: it is looked up, not asked again",
  play: async (stage) => {
    await stage.sandbox.setFaults([
      { part: "fernwood", endpoint: "orders.create", kind: "accept_then_timeout", times: 1 },
    ]);
    const sessionId = await checkOut(stage, [goods.tote, goods.spork], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", { "harbor-outlet": { status: "placed" }, fernwood: { status: "placed" } }),
};
