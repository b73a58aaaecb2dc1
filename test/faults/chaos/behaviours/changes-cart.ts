import type { Behaviour } from "../behaviour.ts";
import { cards, checkOut, pay, readSession, refused, wishes } from "../visit.ts";

type Cart = { readonly stores: readonly { readonly items: readonly { readonly variantId: string }[] }[] };

export const changesCart: Behaviour = {
  name: "changes-cart",
  tells: "puts something more into the cart before, while or after paying: it is not charged, and not lost",
  weight: 4,
  play: async (visit) => {
    const { customer, random, shop } = visit;
    const wanted = wishes(visit);
    const sessionId = await checkOut(visit, random.pick(cards.good), wanted);
    const { totalCents } = (await readSession(customer, sessionId)).cartSnapshot.summary;
    const free = shop.variants.filter(({ isScarce, sku }) => !isScarce && wanted.every((wish) => wish.sku !== sku));
    const { productId, variantId } = random.pick(free);
    let isAdded = false;
    const add = async (): Promise<void> => {
      const said = await customer.ask("POST /api/v1/cart/items", { body: { productId, variantId, quantity: 1 } });
      // Some things go off sale meanwhile.
      if (said.code !== null && said.code !== "product_unavailable")
        throw refused("putting one more into the cart", said);
      isAdded = said.code === null;
    };
    const order = random.pick(["before", "while", "after"]);
    if (order === "before") await add();
    await Promise.all([pay(visit, sessionId), order === "while" ? add() : null]);
    if (order === "after") await add();
    visit.later.push(async (back) => {
      const { stores } = await back.get<Cart>("GET /api/v1/cart");
      const session = await readSession(back, sessionId);
      const held = stores.flatMap(({ items }) => items.map((item) => item.variantId));
      return [
        ...(!isAdded || held.includes(variantId) ? [] : [`O6 what was put into the cart ${order} paying is lost`]),
        ...(session.cartSnapshot.summary.totalCents === totalCents ? [] : ["M6 the session's total has moved"]),
      ];
    });
  },
};
