import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";

export const storeRefuses: Journey = {
  name: "store-refuses",
  tells: "one store has run out: its part alone is refunded",
  play: async (stage) => {
    await stage.sandbox.setFaults([{ part: "harbor-outlet", endpoint: "*", kind: "out_of_stock" }]);
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", {
      "harbor-main": { status: "placed" },
      "harbor-outlet": { status: "failed", isRefunded: true, accepted: [0, 0] },
    }),
};
