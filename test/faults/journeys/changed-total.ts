import { must } from "../../../server/src/kernel/assert.ts";
import { paidComplaints } from "../books.ts";
import { checkOut, goods, payWith, placePath, type Journey } from "../journey.ts";
import { JourneyError } from "../shopper.ts";

type Shown = {
  readonly cartSnapshot: {
    readonly stores: readonly {
      readonly storeId: string;
      readonly shippingOptionId: string;
      readonly shippingOptions: readonly { readonly optionId: string }[];
    }[];
  };
};

export const changedTotal: Journey = {
  name: "changed-total",
  tells: "the first card is declined, the delivery is chosen anew, the second card pays the new total",
  play: async (stage) => {
    const { shopper } = stage;
    const sessionId = await checkOut(stage, [goods.coat, goods.tote], "pm_card_visa_chargeDeclined");
    const said = await shopper.ask(placePath(sessionId), { body: {} });
    if (said.code !== "payment_declined") throw new JourneyError(`a bad card was answered with ${said.code}`);
    const path = `/api/v1/checkout/sessions/${sessionId}`;
    const { cartSnapshot } = await shopper.get<Shown>(`GET ${path}`);
    const choices = cartSnapshot.stores.map(({ storeId, shippingOptionId, shippingOptions }) => ({
      storeId,
      optionId: must(
        shippingOptions.find(({ optionId }) => optionId !== shippingOptionId),
        "a store has two ways to deliver",
      ).optionId,
    }));
    await shopper.get(`PUT ${path}/shipping-options`, { choices });
    await payWith(shopper, sessionId, "pm_card_visa");
    await shopper.get(placePath(sessionId), {});
    return sessionId;
  },
  // Who is refunded after all has been charged for something else than what they chose.
  complaints: (books) =>
    paidComplaints(books, "completed", { "harbor-main": { status: "placed" }, "harbor-outlet": { status: "placed" } }),
};
