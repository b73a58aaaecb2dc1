import { unpaidComplaints } from "../books.ts";
import { checkOut, endTime, goods, placePath, type Journey } from "../journey.ts";
import { JourneyError } from "../shopper.ts";

export const expiry: Journey = {
  name: "expiry",
  tells: "the bank asks, nobody answers, the half hour is over: the intent is called off, the stock is free",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_authenticationRequired");
    const said = await stage.shopper.ask(placePath(sessionId), { body: {} });
    if (said.code !== "payment_action_required") throw new JourneyError(`placing was answered with ${said.code}`);
    await endTime(stage, sessionId);
    return sessionId;
  },
  complaints: (books) => [
    ...unpaidComplaints(books, ["expired"]),
    ...(books.paymentStatus === "canceled" ? [] : [`the payment is ${books.paymentStatus}`]),
  ],
};
