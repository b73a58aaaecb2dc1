import type { Fault } from "../../sandbox.ts";
import type { Random } from "../random.ts";
import type { FaultKind, Scene } from "../scene.ts";
import { webShops } from "../shop.ts";

/** Steps of the three shops; a rule for a step that a shop has not hits nothing, so each blow names several. */
const steps = [
  ["product.view", "product.page"],
  ["cart.add"],
  ["cart.view"],
  ["checkout.address.save", "checkout.view"],
  ["checkout.shipping.save", "checkout.deliveries"],
  ["checkout.review"],
  ["orders.lookup", "orders.list"],
  ["account.sign_in", "checkout.payment"],
  ["*"],
] as const;

const submit = ["order.submit"] as const;

export const challengingShop: FaultKind = {
  name: "challenging-shop",
  tells: "a web shop wants to see a person: a CAPTCHA, or a queue before its checkout",
  weight: 4,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const isQueue = random.chance(0.5);
    const fault = isQueue ? { kind: "queue", value: random.int(2, 12) } : { kind: "captcha", times: 1 };
    await rule(scene, random, isQueue ? ["*"] : random.pick(steps), fault);
  },
};

export const changedShop: FaultKind = {
  name: "changed-shop",
  tells: "a web shop's pages are laid out anew, or a pop-up covers them",
  weight: 5,
  needsBrowsers: true,
  strike: async (scene, random) =>
    await rule(scene, random, random.pick(steps), { kind: random.pick(["changed_page", "popup"]) }),
};

export const soldOutShop: FaultKind = {
  name: "sold-out-shop",
  tells: "a web shop has run out, or is dearer, on its shelf or at the last step",
  weight: 7,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const drift = { kind: "price_drift", value: random.pick([1, 8, 25]) };
    const fault = random.chance(0.5) ? { kind: "out_of_stock" } : drift;
    await rule(scene, random, random.chance(0.3) ? submit : ["*"], { ...fault, rate: 0.6 });
  },
};

export const slowShop: FaultKind = {
  name: "slow-shop",
  tells: "a web shop takes its time over its pages, or over confirming an order",
  weight: 8,
  needsBrowsers: true,
  strike: async (scene, random) => {
    if (random.chance(0.5))
      return await rule(scene, random, submit, { kind: "slow_confirmation", value: random.int(2_000, 20_000) });
    await rule(scene, random, ["*"], { kind: "slow_page", rate: 0.4, value: random.int(300, 5_000) });
  },
};

export const failingShop: FaultKind = {
  name: "failing-shop",
  tells: "a web shop is down, errs, limits, or tears connections, before or after it has acted",
  weight: 12,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const kind = random.pick([
      "error",
      "error_after",
      "error_page",
      "rate_limited",
      "drop_before",
      "drop_after",
      "429",
    ]);
    const where = random.pick([...steps, submit, submit]);
    await rule(scene, random, where, { kind, rate: random.pick([0.4, 1]), status: random.pick([500, 502, 503]) });
  },
};

export const silentShop: FaultKind = {
  name: "silent-shop",
  tells: "a web shop takes the order, and the page behind the button never comes",
  weight: 18,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const kind = random.pick(["accept_then_timeout", "accept_then_timeout", "hang_after", "drop_after", "hang"]);
    const times = kind === "drop_after" ? {} : { times: random.int(1, 2) };
    // Buttons are pressed seldom: it waits for one.
    await rule(scene, random, submit, { kind, ...times }, random.int(15_000, 45_000));
  },
};

export const unfriendlyShop: FaultKind = {
  name: "unfriendly-shop",
  tells: "a web shop forgets who is signed in, does not deliver to an address, or takes nothing back",
  weight: 6,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const kind = random.pick(["login_lost", "refuse_address", "cancel_refused"]);
    await rule(scene, random, ["*"], { kind, rate: kind === "login_lost" ? 0.15 : 1 });
  },
};

/** A visit takes far longer than a call: what is over in a moment would meet nobody. */
const ms = { least: 6_000, most: 25_000 };

async function rule(
  { trouble, note }: Scene,
  random: Random,
  endpoints: readonly string[],
  fault: Omit<Fault, "part" | "endpoint">,
  forMs = random.int(ms.least, ms.most),
): Promise<void> {
  const part = random.pick(webShops);
  note(`${part} at ${endpoints.join(", ")}: ${JSON.stringify(fault)} for ${forMs} ms`);
  await trouble(
    endpoints.map((endpoint) => ({ part, endpoint, ...fault })),
    forMs,
  );
}
