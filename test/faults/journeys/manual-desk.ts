import { paidComplaints } from "../books.ts";
import { checkOut, goods, openDesk, placePath, untilOrder, type Journey } from "../journey.ts";

export const manualDesk: Journey = {
  name: "manual-desk",
  tells: "no program can order from this shop: a person at the desk does",
  prepare: openDesk,
  play: async (stage) => {
    const desk = await openDesk(stage.lane);
    const sessionId = await checkOut(stage, [goods.lamp], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    const { orderNumber } = await untilOrder(stage, sessionId, "lumen-home", ["pending"]);
    const path = `/api/v1/admin/manual-orders/${orderNumber}`;
    await desk.get(`POST ${path}/claim`, {});
    await desk.get(`POST ${path}/place`, { storeOrderNumber: orderNumber.replace("MO", "LH") });
    return sessionId;
  },
  // What was done in the shop's pages is in no book of ours.
  complaints: (books) => paidComplaints(books, "completed", { "lumen-home": { status: "placed", accepted: [0, 0] } }),
};
