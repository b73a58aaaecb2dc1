import { paidComplaints } from "../books.ts";
import { checkOut, endTime, goods, placePath, type Journey } from "../journey.ts";
import { JourneyError } from "../shopper.ts";

export const latePayment: Journey = {
  name: "late-payment",
  tells: "the card's owner says yes in the moment in which the half hour is over: honoured, as the stock is there",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_authenticationRequired");
    const said = await stage.shopper.ask(placePath(sessionId), { body: {} });
    if (said.code !== "payment_action_required") throw new JourneyError(`placing was answered with ${said.code}`);
    const [intentId = ""] = String(said.details["clientSecret"]).split("_secret_");
    await Promise.all([endTime(stage, sessionId), stage.sandbox.passChallenge(intentId)]);
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", { "harbor-main": { status: "placed" }, "harbor-outlet": { status: "placed" } }),
};
