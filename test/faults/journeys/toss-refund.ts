import { setTimeout as delay } from "node:timers/promises";
import { paidComplaints } from "../books.ts";
import { JourneyError } from "../shopper.ts";
import { untilOrder, type Journey } from "../journey.ts";
import { waitFor } from "../wait-for.ts";
import { agreeInWon, confirmInWon, openWonStore, wonStore } from "../won.ts";

/** Longer than a program needs to come back and ask. */
const waitMsMax = 40_000;

/** The first is refused by its bank; the second takes the money. */
const accounts = ["9999123456", "110123456789"] as const;

export const tossRefund: Journey = {
  name: "toss-refund",
  tells: "paid into a virtual account and cancelled: it goes back once, into the account that its owner names",
  prepare: openWonStore,
  play: async (stage) => {
    const { database } = stage.lane;
    const agreed = await agreeInWon(stage, "VIRTUAL_ACCOUNT");
    await confirmInWon(stage, agreed);
    await stage.sandbox.depositAtToss(agreed.paymentKey);
    const { orderNumber } = await untilOrder(stage, agreed.sessionId, wonStore, ["pending", "cancelled"]);
    await waitFor("the deposit being known", waitMsMax, async () => {
      const { rows } = await database.query(
        "select 1 from payment.payment p where p.session_id = $1 and p.status = 'succeeded'",
        [agreed.sessionId],
      );
      return rows[0];
    });
    await stage.shopper.ask(`POST /api/v1/orders/${orderNumber}/cancel`, { body: {} });
    await untilOrder(stage, agreed.sessionId, wonStore, ["cancelled"]);
    const refundIs = async (...statuses: readonly string[]): Promise<void> => {
      await waitFor(`the refund being ${statuses.join(" or ")}`, waitMsMax, async () => {
        const { rows } = await database.query(
          "select 1 from payment.refund r where r.order_number = $1 and r.status::text = any ($2)",
          [orderNumber, statuses],
        );
        return rows[0];
      });
    };
    for (const accountNumber of accounts) {
      await refundIs("account_needed");
      const body = { bankCode: "88", accountNumber, holderName: "Dana Harbor" };
      const path = `/api/v1/checkout/sessions/${agreed.sessionId}/refund-account`;
      const said = await stage.shopper.ask(`PUT ${path}`, { body });
      // Repeated after it was heard it finds that nothing waits any more.
      const isDone = said.status === 200 || said.code === "refund_account_not_wanted";
      if (!isDone) throw new JourneyError(`the account was not taken: ${said.code}`);
      await delay(50);
    }
    await refundIs("succeeded");
    return agreed.sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "failed", { [wonStore]: { status: "cancelled", isRefunded: true, accepted: [0, 0] } }),
};
