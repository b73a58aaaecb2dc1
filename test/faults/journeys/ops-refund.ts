import { paidComplaints } from "../books.ts";
import { checkOut, goods, openDesk, placePath, untilOrder, type Journey } from "../journey.ts";

const goodwillMinor = 500;

export const opsRefund: Journey = {
  name: "ops-refund",
  tells: "an operator gives five dollars of a placed order back",
  prepare: openDesk,
  play: async (stage) => {
    const desk = await openDesk(stage.lane);
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    const { orderNumber } = await untilOrder(stage, sessionId, "harbor-main", ["placed"]);
    const body = { amountCents: goodwillMinor, reason: "a button was loose" };
    await desk.get(`POST /api/v1/admin/orders/${orderNumber}/refund`, body);
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", {
      "harbor-main": { status: "placed", backMinor: goodwillMinor },
      "harbor-outlet": { status: "placed" },
    }),
};
