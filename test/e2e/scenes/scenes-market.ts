/** Files: their pages in the shop, what is owned of them, what is sold, and the payments in won. */
import type { Page } from "playwright-core";
import type { Cast } from "./cast.ts";
import type { Owner } from "./cast-market.ts";
import type { Person } from "./person.ts";
import { says } from "./says.ts";
import { path, press, untilCards, type Place, type Scene } from "./scene.ts";

const shop: readonly Scene[] = [
  { name: "product-file", at: ofShop(({ published }) => `/products/${published}`), isPublic: true },
  { name: "product-edition", at: ofShop(({ limited }) => `/products/${limited}`), isPublic: true },
  {
    name: "product-owned",
    at: async (cast) => ({ path: `/products/${(await cast.market.seller()).published}`, ...(await ownerOf(cast)) }),
    isPublic: true,
  },
  {
    name: "cart-won",
    at: async (cast) => ({ path: "/cart", who: await cast.market.wonCart() }),
  },
];

const buying: readonly Scene[] = [
  { name: "checkout-file", at: ofShop(({ published }) => `/checkout/${published}`), act: untilCards },
  {
    name: "checkout-file-owned",
    at: async (cast) => ({ path: `/checkout/${(await cast.market.seller()).published}`, ...(await ownerOf(cast)) }),
    complaints: /409/,
  },
  { name: "checkout-file-missing", at: path("/checkout/prd_nothing"), complaints: /4\d\d/ },
  {
    name: "checkout-won",
    at: async (cast) => ({ path: "/checkout", who: await cast.market.wonCart() }),
    act: untilToss,
  },
  {
    name: "checkout-won-refused",
    at: async (cast) => {
      const { person, sessionId } = await wonSession(cast);
      return { path: `/checkout/toss/${sessionId}?code=REJECT_CARD_COMPANY&message=no`, who: person };
    },
    act: async (page, language) => {
      await page.getByText(says(language, "checkout.tossRefused")).waitFor();
      await untilToss(page);
    },
  },
  {
    name: "toss-return-in-doubt",
    at: async (cast) => {
      const { person, sessionId } = await wonSession(cast);
      return { path: `/checkout/toss/${sessionId}?paymentKey=pk_unknown&orderId=ord_unknown&amount=100`, who: person };
    },
    // The connection goes while Muse is asked.
    prepare: async (page) => {
      await page.route("**/api/payments/toss/confirm", async (route) => await route.abort());
    },
    act: async (page, language) => {
      await page.getByText(says(language, "checkout.placing.checkingTitle")).waitFor();
    },
    complaints: /ERR_FAILED/,
    showsSkeletons: true,
  },
  {
    name: "placing-deposit",
    at: async (cast) => {
      const { person, sessionId } = await cast.market.depositor();
      return { path: `/checkout/placing/${sessionId}`, who: person };
    },
  },
  { name: "confirmation-files", at: async (cast) => confirmed(await cast.market.owner()) },
  { name: "confirmation-both", at: async (cast) => confirmed(await cast.market.both()) },
  {
    name: "success-file",
    at: async (cast) => {
      const { person, orders } = await cast.market.owner();
      return { path: `/checkout/success/${orders[0]?.museOrderNumber}`, who: person };
    },
  },
  {
    name: "success-missing",
    at: path("/checkout/success/MO-2026-000000"),
    complaints: /404/,
  },
  {
    name: "order-file",
    at: async (cast) => {
      const { person, orders } = await cast.market.owner();
      return { path: `/orders/${orders[0]?.museOrderNumber}`, who: person };
    },
  },
];

const library: readonly Scene[] = [
  { name: "library-empty", at: async (cast) => ({ path: "/library", who: await cast.market.applicant() }) },
  { name: "library", at: async (cast) => ({ path: "/library", ...(await ownerOf(cast)) }) },
  {
    name: "library-waiver",
    at: async (cast) => ({ path: "/library", ...(await ownerOf(cast)) }),
    act: async (page, language) => {
      await page
        .getByRole("button", { name: says(language, "library.download") })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "library-review",
    at: async (cast) => ({ path: "/library", ...(await ownerOf(cast)) }),
    act: async (page, language) => await press(page, says(language, "library.review.write")),
  },
];

const selling: readonly Scene[] = [
  { name: "sell-start", at: async (cast) => ({ path: "/sell", who: await cast.market.applicant() }) },
  {
    name: "sell-start-errors",
    at: async (cast) => ({ path: "/sell", who: await cast.market.applicant() }),
    act: async (page) => {
      await page.locator('main button[type="submit"]').click();
      await page.locator("main [aria-invalid=true], main [role=alert]").first().waitFor();
    },
  },
  { name: "sell-nothing", at: async (cast) => ({ path: "/sell", who: await cast.market.beginner() }) },
  { name: "sell", at: ofSeller(() => "/sell") },
  { name: "sell-products-none", at: async (cast) => ({ path: "/sell/products", who: await cast.market.beginner() }) },
  { name: "sell-products", at: ofSeller(() => "/sell/products") },
  { name: "sell-product-new", at: ofSeller(() => "/sell/products/new") },
  {
    name: "sell-product-errors",
    at: ofSeller(() => "/sell/products/new"),
    act: async (page) => {
      await page.locator('main button[type="submit"]').click();
      await page.locator("main [aria-invalid=true]").first().waitFor();
    },
  },
  { name: "sell-product", at: ofSeller(({ published }) => `/sell/products/${published}`) },
  { name: "sell-product-edition", at: ofSeller(({ limited }) => `/sell/products/${limited}`) },
  {
    name: "sell-product-draft",
    at: ofSeller(({ draft }) => `/sell/products/${draft}`),
    act: async (page, language) => {
      await press(page, says(language, "sell.product.publish"));
      await page.getByRole("alert").filter({ hasText: /\S/ }).first().waitFor();
    },
    complaints: /409/,
  },
  {
    name: "sell-product-missing",
    at: ofSeller(() => "/sell/products/prd_000000000000000000000000"),
    status: 404,
    complaints: /404/,
  },
  { name: "sell-sales-none", at: async (cast) => ({ path: "/sell/sales", who: await cast.market.beginner() }) },
  { name: "sell-sales", at: ofSeller(() => "/sell/sales") },
  { name: "sell-payouts-none", at: async (cast) => ({ path: "/sell/payouts", who: await cast.market.beginner() }) },
  {
    name: "sell-payouts",
    at: async (cast) => {
      await cast.desk.payouts();
      return { path: "/sell/payouts", who: (await cast.market.seller()).person };
    },
  },
  { name: "sell-profile", at: ofSeller(() => "/sell/profile") },
  {
    name: "sell-profile-errors",
    at: async (cast) => ({ path: "/sell/profile", who: await cast.market.beginner() }),
    act: async (page, language) => {
      await page.getByLabel(says(language, "sell.signUp.name")).fill("");
      await page.locator('main button[type="submit"]').click();
      await page.locator("main [aria-invalid=true]").first().waitFor();
    },
  },
  {
    name: "sell-unreachable",
    at: ofSeller(() => "/sell/sales"),
    prepare: async (page) => {
      await page.route("**/api/v1/seller/sales**", async (route) => await route.abort());
    },
    complaints: /ERR_FAILED/,
  },
];

export const marketScenes: readonly Scene[] = [...shop, ...buying, ...library, ...selling];

type Goods = Awaited<ReturnType<Cast["market"]["seller"]>>;

/** In the seller's own browser; somebody has bought of them. */
function ofSeller(at: (goods: Goods) => string) {
  return async (cast: Cast): Promise<Place> => {
    const seller = await cast.market.seller();
    await cast.market.owner();
    return { path: at(seller), who: seller.person };
  };
}

/** In the browser of somebody who has never been here. */
function ofShop(at: (goods: Goods) => string) {
  return async (cast: Cast): Promise<Place> => ({ path: at(await cast.market.seller()) });
}

async function ownerOf(cast: Cast): Promise<{ readonly who: Person }> {
  return { who: (await cast.market.owner()).person };
}

function confirmed({ person, sessionId }: Owner): Place {
  return { path: `/checkout/success/session/${sessionId}`, who: person };
}

async function wonSession(cast: Cast): Promise<{ readonly person: Person; readonly sessionId: string }> {
  const person = await cast.market.wonCart();
  return { person, ...(await person.call<{ sessionId: string }>("POST /api/v1/checkout/sessions", {})) };
}

/** The frame has its own name in Korean, whoever pays. */
async function untilToss(page: Page): Promise<void> {
  await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByRole("radio").first().waitFor();
}
