import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";
import { JourneyError } from "../shopper.ts";

export const threeDSecure: Journey = {
  name: "3ds",
  tells: "the bank asks the card's owner, who says yes; the same call goes on",
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_threeDSecure2Required");
    const said = await stage.shopper.ask(placePath(sessionId), { body: {} });
    if (said.code !== "payment_action_required") throw new JourneyError(`placing was answered with ${said.code}`);
    const [intentId = ""] = String(said.details["clientSecret"]).split("_secret_");
    await stage.sandbox.passChallenge(intentId);
    await stage.shopper.get(placePath(sessionId), {});
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", { "harbor-main": { status: "placed" }, "harbor-outlet": { status: "placed" } }),
};
