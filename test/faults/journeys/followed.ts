import { paidComplaints } from "../books.ts";
import type { Told } from "../event-stream.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";
import { JourneyError } from "../shopper.ts";

export const followed: Journey = {
  name: "followed",
  tells:
    "a page stands open on the session's events while it is paid and placed, and opens them again when they break off",
  play: async (stage) => {
    const { shopper } = stage;
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    const lies: string[] = [];
    let isPaid = false;
    const hear = (told: Told): boolean => {
      const { status, payment, orders } = told;
      const isFailed = ["failed", "expired", "cancelled"].includes(status) || payment === "declined";
      const isTakenBack = isPaid && payment !== "paid";
      if (isFailed || isTakenBack || orders.some((order) => order.status === "failed"))
        lies.push(`${status}, ${payment}, ${orders.map((order) => order.status).join(" and ")}`);
      isPaid ||= payment === "paid";
      return orders.length === 2 && orders.every((order) => order.status === "placed");
    };
    await Promise.all([shopper.get(placePath(sessionId), {}), shopper.follow(sessionId, hear)]);
    if (lies.length > 0) throw new JourneyError(`the page was told: ${lies.join("; then ")}`);
    return sessionId;
  },
  complaints: (books) =>
    paidComplaints(books, "completed", { "harbor-main": { status: "placed" }, "harbor-outlet": { status: "placed" } }),
};
