import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";

export const place: Journey = {
  name: "place",
  tells: "two stores, one card, placed at once",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", { "harbor-main": { status: "placed" }, "harbor-outlet": { status: "placed" } }),
};
