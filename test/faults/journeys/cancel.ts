import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, untilOrder, type Journey } from "../journey.ts";

export const cancel: Journey = {
  name: "cancel",
  tells: "the shopper takes one of two placed orders back; the store agrees, and the money returns",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    const { orderNumber } = await untilOrder(stage, sessionId, "harbor-outlet", ["placed"]);
    await stage.shopper.get(`POST /api/v1/orders/${orderNumber}/cancel`, {});
    await untilOrder(stage, sessionId, "harbor-outlet", ["cancelled"]);
    return sessionId;
  },
  complaints: (books) => [
    ...paidComplaints(books, "completed", {
      "harbor-main": { status: "placed" },
      "harbor-outlet": { status: "cancelled", isRefunded: true },
    }),
    ...books.orders
      .filter(({ name, cancelledCount }) => cancelledCount !== (name === "harbor-outlet" ? 1 : 0))
      .map(({ name, cancelledCount }) => `${name} took it back ${cancelledCount} times`),
  ],
};
