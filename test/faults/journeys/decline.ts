import { paidComplaints } from "../books.ts";
import { checkOut, goods, payWith, placePath, type Journey } from "../journey.ts";
import { JourneyError } from "../shopper.ts";

export const decline: Journey = {
  name: "decline",
  tells: "the first card is declined, the second pays",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa_chargeDeclined");
    const said = await stage.shopper.ask(placePath(sessionId), { body: {} });
    if (said.code !== "payment_declined") throw new JourneyError(`a bad card was answered with ${said.code}`);
    await payWith(stage.shopper, sessionId, "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    return sessionId;
  },
  complaints: (books) => [
    ...paidComplaints(books, "completed", {
      "harbor-main": { status: "placed" },
      "harbor-outlet": { status: "placed" },
    }),
    // Two presses: however often the app repeated one of them, the bank was asked once for each.
    ...(books.attempts.join(", ") === "failed, succeeded" ? [] : [`the tries at paying: ${books.attempts.join(", ")}`]),
  ],
};
