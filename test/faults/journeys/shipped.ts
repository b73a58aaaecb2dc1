import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, untilOrder, type Journey } from "../journey.ts";

const steps = ["confirmed", "shipped", "delivered"] as const;

export const shipped: Journey = {
  name: "shipped",
  tells: "both stores confirm, ship and deliver; their events and the carriers tell",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    for (const [index, step] of steps.entries()) {
      for (const storeId of ["harbor-main", "harbor-outlet"]) {
        const { storeOrderNumber } = await untilOrder(stage, sessionId, storeId, ["placed", ...steps.slice(0, index)]);
        await stage.sandbox.advance(storeId, storeOrderNumber ?? "");
        await untilOrder(stage, sessionId, storeId, steps.slice(index));
        if (step === "delivered") await untilOrder(stage, sessionId, storeId, ["delivered"]);
      }
    }
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", {
      "harbor-main": { status: "delivered" },
      "harbor-outlet": { status: "delivered" },
    }),
};
