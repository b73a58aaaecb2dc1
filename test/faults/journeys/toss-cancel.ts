import { paidComplaints } from "../books.ts";
import { untilOrder, type Journey } from "../journey.ts";
import { agreeInWon, confirmInWon, openWonStore, wonStore } from "../won.ts";

export const tossCancel: Journey = {
  name: "toss-cancel",
  tells: "paid in won and cancelled by its shopper: all of it goes back through Toss, once",
  prepare: openWonStore,
  play: async (stage) => {
    const agreed = await agreeInWon(stage, "CARD");
    await confirmInWon(stage, agreed);
    const { orderNumber } = await untilOrder(stage, agreed.sessionId, wonStore, ["pending", "cancelled"]);
    await stage.shopper.ask(`POST /api/v1/orders/${orderNumber}/cancel`, { body: {} });
    await untilOrder(stage, agreed.sessionId, wonStore, ["cancelled"]);
    return agreed.sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "failed", { [wonStore]: { status: "cancelled", isRefunded: true, accepted: [0, 0] } }),
};
