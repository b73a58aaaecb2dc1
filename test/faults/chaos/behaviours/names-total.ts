import type { Behaviour, Visit } from "../behaviour.ts";
import type { Said } from "../customer.ts";
import {
  cards,
  checkOut,
  closedCodes,
  placeWord,
  readSession,
  refused,
  sessionPath,
  type SessionSeen,
} from "../visit.ts";

export const namesTotal: Behaviour = {
  name: "names-total",
  tells: "presses a button that names the total, while another tab chooses other delivery: charged is what was named",
  weight: 3,
  play: async (visit) => {
    const { customer } = visit;
    const sessionId = await checkOut(visit, visit.random.pick(cards.good));
    const seen = await readSession(customer, sessionId);
    let named = seen.cartSnapshot.summary.totalCents;
    const press = async (): Promise<Said> => {
      const request = `POST ${sessionPath(sessionId, "/place")}`;
      const said = await customer.ask(request, { body: { totalCents: named } });
      return said.code === "price_changed" ? said : placeWord(said);
    };
    let [said] = await Promise.all([press(), chooseOther(visit, seen)]);
    for (let tries = 1; said.code === "price_changed" && tries < 5; tries += 1) {
      named = Number(said.details["totalCents"]);
      said = await press();
    }
    visit.later.push(async (back) => {
      const { payment, cartSnapshot } = await readSession(back, sessionId);
      const { totalCents } = cartSnapshot.summary;
      return payment !== "paid" || totalCents === named ? [] : [`M6 ${totalCents} was charged, ${named} was named`];
    });
  },
};

type Offered = {
  readonly cartSnapshot: {
    readonly stores: readonly {
      readonly storeId: string;
      readonly shippingOptionId: string;
      readonly shippingOptions: readonly { readonly optionId: string }[];
    }[];
  };
};

async function chooseOther({ customer, random }: Visit, seen: SessionSeen): Promise<void> {
  const { stores } = (seen as SessionSeen & Offered).cartSnapshot;
  const { storeId, shippingOptionId, shippingOptions } = random.pick(stores);
  const others = shippingOptions.filter(({ optionId }) => optionId !== shippingOptionId);
  if (others.length === 0) return;
  const choices = [{ storeId, optionId: random.pick(others).optionId }];
  const said = await customer.ask(`PUT ${sessionPath(seen.sessionId, "/shipping-options")}`, { body: { choices } });
  const expected = [...closedCodes, "session_processing"];
  if (said.code !== null && !expected.includes(said.code)) throw refused("choosing other delivery", said);
}
