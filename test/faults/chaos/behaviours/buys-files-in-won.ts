import type { Behaviour } from "../behaviour.ts";
import { fairly, fetchWhatIsMine, fileCodes, fileComplaints, fileWishes } from "../files.ts";
import { agree, confirm, endCodes } from "../toss-window.ts";
import { fillCart, startSession } from "../visit.ts";

export const buysFilesInWon: Behaviour = {
  name: "buys-files-in-won",
  tells: "files in won, agreed in Toss's window; comes back once, twice or not at all, or pays into an account",
  weight: 4,
  play: async (visit) => {
    const { random, shop } = visit;
    visit.later.push(async (back) => await fileComplaints(visit, back));
    await fillCart(visit, fileWishes(visit, "KRW"), [1]);
    const { sessionId } = await startSession(visit, undefined, fileCodes);
    const isTransfer = random.chance(0.25);
    const agreed = await agree(visit, sessionId, isTransfer ? "VIRTUAL_ACCOUNT" : "CARD", fileCodes);
    const times = random.pick([0, 1, 1, 2]);
    const words = await Promise.all(Array.from({ length: times }, async () => await confirm(visit, agreed, fileCodes)));
    if (times === 0) return;
    if (isTransfer) {
      visit.acts.push(Date.now());
      await shop.sandbox.depositAtToss(agreed.paymentKey);
      return;
    }
    await fetchWhatIsMine(visit, sessionId);
    for (const said of words)
      fairly("confirming", said, [...fileCodes, ...endCodes, "payment_declined", "payment_provider_unavailable"]);
  },
};
