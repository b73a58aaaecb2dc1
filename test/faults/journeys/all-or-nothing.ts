import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";

export const allOrNothing: Journey = {
  name: "all-or-nothing",
  tells: "one store has run out and the shopper wants all or nothing: the other order is called back",
  play: async (stage) => {
    await stage.sandbox.setFaults([{ part: "harbor-outlet", endpoint: "*", kind: "out_of_stock" }]);
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    await stage.shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/payment`, { onStoreFailure: "all_or_nothing" });
    await stage.shopper.get(placePath(sessionId), {});
    return sessionId;
  },
  // Called back before or after its store had it: either is right, twice is not.
  complaints: (books) => [
    ...paidComplaints(books, "failed", {
      "harbor-main": { status: "cancelled", isRefunded: true, accepted: [0, 1] },
      "harbor-outlet": { status: "failed", isRefunded: true, accepted: [0, 0] },
    }),
    ...books.orders
      .filter(({ acceptedCount, cancelledCount }) => acceptedCount !== cancelledCount)
      .map(({ name }) => `${name} still has it`),
  ],
};
