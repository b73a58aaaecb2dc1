import { oneByOne, type Sweep } from "#platform/jobs/sweep.ts";
import { alertMailsWrite, alertsFindDue, newsMissed, newsRead } from "./notify.sql.gen.ts";
import { alertEveryS, alertGatherS, patienceS } from "./rules.ts";
import { sendMails, type SendDeps } from "./send-mails.ts";

/** News read in one round: one commit writes all the mails that follow from it. */
const newsMax = 100;

/** As much of the orders' history as some minutes of a busy shop have. */
const historyMax = 5_000n;

/** What is younger may still be on its way through the other two. */
const settledS = 120;

/**
 * From facts to mail, without anybody asking. The first finds what happened (docs/decisions/0040), the second
 * sends it, the third writes to the people of the house (docs/decisions/0088), the fourth makes good what the first
 * should have found.
 */
export function notifySweeps(deps: SendDeps): Sweep[] {
  const { db } = deps;
  return [
    {
      name: "notify.read_news",
      everyMs: 500,
      run: async () => (await newsRead(db, { countMax: newsMax, patienceSeconds: patienceS })).taken,
    },
    { name: "notify.send_mails", everyMs: 500, run: async () => await sendMails(deps) },
    {
      name: "notify.tell_house",
      everyMs: 5_000,
      run: async () => {
        const { found } = await alertsFindDue(db);
        const { written } = await alertMailsWrite(db, { gatherSeconds: alertGatherS, everySeconds: alertEveryS });
        return oneByOne(found + written, 0);
      },
    },
    {
      name: "notify.find_missed",
      everyMs: 60_000,
      run: async () => {
        const { found } = await newsMissed(db, { historyMax, settledSeconds: settledS });
        if (found > 0) deps.log.error("mail.missed", { count: found });
        // What it rang for is read by the first.
        return oneByOne(found, 0);
      },
    },
  ];
}
