import { oneByOne, type Sweep } from "#platform/jobs/sweep.ts";
import { newsMissed, newsRead } from "./notify.sql.gen.ts";
import { patienceS } from "./rules.ts";
import { sendMails, type SendDeps } from "./send-mails.ts";

/** News read in one round: one commit writes all the mails that follow from it. */
const newsMax = 100;

/** As much of the orders' history as some minutes of a busy shop have. */
const historyMax = 5_000n;

/** What is younger may still be on its way through the other two. */
const settledS = 120;

/**
 * From facts to mail, without anybody asking. The first finds what happened (docs/decisions/0040), the second
 * sends it, the third makes good what the first should have found.
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
