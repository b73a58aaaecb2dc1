import { paidComplaints } from "../books.ts";
import { checkOutFiles, mustHave, mustNotHave, titles, untilAccess } from "../digital.ts";
import { openDesk, placePath, type Journey } from "../journey.ts";
import type { Lane } from "../lane.ts";
import { JourneyError } from "../shopper.ts";

/** Nothing else sells it, so that its copies are counted from the first one on. */
const edition = titles.palettes;

export const digitalRefund: Journey = {
  name: "digital-refund",
  tells: "one of two files is given back: its money returns, its copy of the edition is free, the other one stays",
  prepare: async (lane) => {
    await limitEdition(lane);
    return await openDesk(lane);
  },
  play: async (stage) => {
    const { lane, shopper } = stage;
    const sessionId = await checkOutFiles(stage, [edition, titles.bread], "pm_card_visa");
    await shopper.get(placePath(sessionId), {});
    await mustHave(stage, edition);
    const orderNumber = await untilAccess(stage, sessionId, edition, "open");
    await shopper.get(`POST /api/v1/orders/${orderNumber}/refund-request`, { reason: "the colours are not mine" });
    const desk = await openDesk(lane);
    const { requests } = await desk.get<Requests>("GET /api/v1/admin/refund-requests?limit=50");
    const asked = requests.find(({ museOrderNumber }) => museOrderNumber === orderNumber);
    if (asked === undefined) throw new JourneyError("the desk sees no request");
    await desk.get(`POST /api/v1/admin/refund-requests/${asked.requestId}/answer`, { decision: "approved" });
    await untilAccess(stage, sessionId, edition, "refunded");
    await mustNotHave(stage, edition, "order_not_owned");
    await mustHave(stage, titles.bread);
    return sessionId;
  },
  complaints: (books) => [
    ...paidComplaints(books, "completed", {
      [edition]: { status: "delivered", isRefunded: true },
      [titles.bread]: { status: "delivered" },
    }),
    ...(books.mails.join(", ") === "order_placed, refund_done" ? [] : [`told by mail of ${books.mails.join(", ")}`]),
  ],
};

type Requests = { readonly requests: readonly { readonly requestId: string; readonly museOrderNumber: string }[] };

/** More than all runs of a lane sell at once, as each gives its copy back. */
const copiesMax = 3;

async function limitEdition({ database }: Lane): Promise<void> {
  await database.query(
    `update catalog.product p set edition_limit = $2 where p.title = $1 and p.edition_limit is null
       and not exists (select from access.holding h where h.product_id = p.product_id)`,
    [edition, copiesMax],
  );
}
