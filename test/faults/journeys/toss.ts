import { paidComplaints } from "../books.ts";
import type { Journey } from "../journey.ts";
import { agreeInWon, confirmInWon, openWonStore, orderByHand, wonStore } from "../won.ts";

export const toss: Journey = {
  name: "toss",
  tells: "a checkout in won: agreed in Toss's window, charged when its payer comes back",
  prepare: openWonStore,
  play: async (stage) => {
    const agreed = await agreeInWon(stage, "CARD");
    await confirmInWon(stage, agreed);
    await orderByHand(stage, agreed.sessionId);
    return agreed.sessionId;
  },
  complaints: (books) => paidComplaints(books, "completed", { [wonStore]: { status: "placed", accepted: [0, 0] } }),
};
