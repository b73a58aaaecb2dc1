import { paidComplaints } from "../books.ts";
import { filesNamed, mustHave, titles } from "../digital.ts";
import { checkOut, goods, placePath, type Journey } from "../journey.ts";

const files = [titles.notebook, titles.plan];

export const mixedCart: Journey = {
  name: "mixed-cart",
  tells: "two stores and two files, paid once; one store has run out: its part goes back, the files stay",
  play: async (stage) => {
    await stage.sandbox.setFaults([{ part: "harbor-outlet", endpoint: "*", kind: "out_of_stock" }]);
    const items = (await filesNamed(stage.lane, files)).map(({ productId, variantId }) => ({
      productId,
      variantId,
      quantity: 1,
    }));
    await stage.shopper.get("POST /api/v1/cart/items/batch", { items });
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa");
    await stage.shopper.get(placePath(sessionId), {});
    await mustHave(stage, ...files);
    return sessionId;
  },
  complaints: (books) => [
    ...paidComplaints(books, "completed", {
      "harbor-main": { status: "placed" },
      "harbor-outlet": { status: "failed", isRefunded: true, accepted: [0, 0] },
      [titles.notebook]: { status: "delivered" },
      [titles.plan]: { status: "delivered" },
    }),
    // What was lost and its refund are one letter or two, by which is faster.
    ...["order_placed", "order_ended"]
      .filter((kind) => books.mails.filter((mail) => mail === kind).length !== 1)
      .map((kind) => `${kind} was not told once: ${books.mails.join(", ")}`),
  ],
};
