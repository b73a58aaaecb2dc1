import { failpoints, type Failpoint } from "@muse/connectors/failpoint";
import { paidComplaints } from "../books.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";

export const browser: Journey = {
  name: "browser",
  tells: "a web shop is ordered from in a browser, whose worker dies at each named point",
  points: Object.keys(failpoints) as Failpoint[],
  play: async (stage) => {
    const sessionId = await checkOut(stage, [goods.lamp], "pm_card_visa");
    await stage.shopper.ask(placePath(sessionId), { body: {} });
    return sessionId;
  },
  complaints: (books) => paidComplaints(books, "completed", { "lumen-home": { status: "placed" } }),
};
