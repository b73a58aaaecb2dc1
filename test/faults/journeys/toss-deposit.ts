import { paidComplaints } from "../books.ts";
import type { Journey } from "../journey.ts";
import { waitFor } from "../wait-for.ts";
import { agreeInWon, confirmInWon, openWonStore, orderByHand, wonStore } from "../won.ts";

/** Longer than a program needs to come back and ask. */
const paidMsMax = 40_000;

export const tossDeposit: Journey = {
  name: "toss-deposit",
  tells: "a virtual account, paid into while nobody watches: the event or the poller finds it",
  prepare: openWonStore,
  play: async (stage) => {
    const agreed = await agreeInWon(stage, "VIRTUAL_ACCOUNT");
    await confirmInWon(stage, agreed);
    await stage.sandbox.depositAtToss(agreed.paymentKey);
    await waitFor("the deposit being known", paidMsMax, async () => {
      const { rows } = await stage.lane.database.query(
        "select 1 from payment.payment p where p.session_id = $1 and p.status = 'succeeded'",
        [agreed.sessionId],
      );
      return rows[0];
    });
    await orderByHand(stage, agreed.sessionId);
    return agreed.sessionId;
  },
  complaints: (books) => paidComplaints(books, "completed", { [wonStore]: { status: "placed", accepted: [0, 0] } }),
};
