import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";

export const placeWithoutIdempotency: Journey = {
  name: "place-no-idempotency",
  tells: "a store that would take the same order twice is asked once, whatever dies",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.spork], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    return sessionId;
  },
  complaints: (books) => paidComplaints(books, "completed", { fernwood: { status: "placed" } }),
};
