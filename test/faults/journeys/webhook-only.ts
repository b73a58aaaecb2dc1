import { paidComplaints, unpaidComplaints } from "../books.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";

export const webhookOnly: Journey = {
  name: "webhook-only",
  tells: "the provider's answer is lost and the shopper never comes back: only the event and the poller know",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    await stage.sandbox.setFaults([
      {
        part: "stripe",
        endpoint: "payment_intents.create",
        kind: "error_after",
        status: 500,
        times: 1,
        match: sessionId,
      },
    ]);
    await stage.shopper.ask(placePath(sessionId), { body: {}, isForgotten: true });
    return sessionId;
  },
  // Cut off before the wish was written down, the call never was: nobody repeats it here, and nothing may be charged.
  complaints: (books) =>
    books.paymentStatus === null
      ? unpaidComplaints(books, ["pending", "expired"])
      : paidComplaints(books, "completed", {
          "harbor-main": { status: "placed" },
          "harbor-outlet": { status: "placed" },
        }),
};
