import { paidComplaints } from "../books.ts";
import { checkOutFiles, intentOf, mustHave, mustNotHave, titles, untilAccess } from "../digital.ts";
import { placePath, type Journey } from "../journey.ts";

const { notebook } = titles;

export const dispute: Journey = {
  name: "dispute",
  tells: "the bank takes a file's charge back: frozen; it is won: open again; taken back once more and lost: gone",
  play: async (stage) => {
    const { sandbox, shopper } = stage;
    const sessionId = await checkOutFiles(stage, [notebook], "pm_card_visa");
    await shopper.get(placePath(sessionId), {});
    const intent = await intentOf(stage, sessionId);

    const won = await sandbox.openDispute(intent);
    await untilAccess(stage, sessionId, notebook, "frozen");
    await mustNotHave(stage, notebook, "download_frozen");
    await sandbox.closeDispute(won, "won");
    await untilAccess(stage, sessionId, notebook, "open");
    await mustHave(stage, notebook);

    const lost = await sandbox.openDispute(intent);
    await untilAccess(stage, sessionId, notebook, "frozen");
    await sandbox.closeDispute(lost, "lost");
    await untilAccess(stage, sessionId, notebook, "dispute_lost");
    await mustNotHave(stage, notebook, "order_not_owned");
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", { [notebook]: { status: "delivered", access: "dispute_lost" } }),
};
