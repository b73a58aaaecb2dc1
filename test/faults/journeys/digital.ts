import { paidComplaints } from "../books.ts";
import { checkOutFiles, mustHave, titles } from "../digital.ts";
import { placePath, type Journey } from "../journey.ts";

const wanted = [titles.notebook, titles.plan, titles.bread];

export const digital: Journey = {
  name: "digital",
  tells: "three files by card: its buyer's at once, byte by byte as they were put up",
  play: async (stage) => {
    const sessionId = await checkOutFiles(stage, wanted, "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    await mustHave(stage, ...wanted);
    return sessionId;
  },
  complaints: (books) => [
    ...paidComplaints(books, "completed", Object.fromEntries(wanted.map((title) => [title, { status: "delivered" }]))),
    ...(books.mails.join(", ") === "order_placed" ? [] : [`told by mail of ${books.mails.join(", ") || "nothing"}`]),
  ],
};
