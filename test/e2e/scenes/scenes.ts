/**
 * Every page of the shop in every state that is worth looking at: whose browser it is, where, and what was done
 * there.
 */
import type { Page } from "playwright-core";
import { cards, pay, words, writeCard, type Language } from "../shopping.ts";
import type { Cast, RegularOrder } from "./cast.ts";
import type { Person } from "./person.ts";
import { says } from "./says.ts";
import { path, press, untilCards, type Place, type Scene } from "./scene.ts";
import { deskScenes } from "./scenes-desk.ts";
import { marketScenes } from "./scenes-market.ts";

const orderOf =
  (which: RegularOrder) =>
  async (cast: Cast): Promise<Place> => {
    const { person, orders } = await cast.regular();
    return { path: `/orders/${orders[which]}`, who: person };
  };

/** Where there is room beside the products, the filters stand there. */
const narrowMax = 1024;

const store: readonly Scene[] = [
  { name: "home", at: path("/"), isPublic: true },
  { name: "browse", at: path("/browse"), isPublic: true },
  {
    name: "browse-filtered",
    at: path("/browse?q=shirt&store=harbor-main&store=harbor-outlet&sale=true&max=120&sort=price_asc"),
  },
  { name: "browse-corrected", at: path("/browse?q=jaket") },
  { name: "browse-empty", at: path("/browse?q=zzzyx") },
  {
    name: "browse-filter-sheet",
    at: path("/browse?department=outdoor"),
    isPublic: true,
    act: async (page, language) => {
      if ((page.viewportSize()?.width ?? 0) >= narrowMax) return;
      await press(page, says(language, "catalog.browse.filters"));
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "product", at: async (cast) => ({ path: `/products/${(await cast.products()).inStock}` }), isPublic: true },
  {
    name: "product-by-hand",
    at: async (cast) => ({ path: `/products/${(await cast.products()).byHand}` }),
    isPublic: true,
  },
  {
    name: "product-sold-out",
    at: async (cast) => ({ path: `/products/${(await cast.products()).soldOut}` }),
    isPublic: true,
  },
  { name: "product-missing", at: path("/products/prd_nothing"), status: 404, complaints: /404/ },
  { name: "store", at: path("/stores/fernwood"), isPublic: true },
  { name: "store-missing", at: path("/stores/nowhere"), status: 404, complaints: /404/ },
  { name: "help", at: path("/help"), isPublic: true },
  { name: "help-topic", at: path("/help/returns"), isPublic: true },
  { name: "help-missing", at: path("/help/nothing") },
  { name: "design", at: path("/design"), isPublic: true, showsSkeletons: true },
  { name: "not-found", at: path("/no/such/page"), status: 404, complaints: /404/ },
  {
    name: "api-unreachable",
    at: async (cast) => ({ path: `${await cast.lonelyWeb()}/` }),
    complaints: /Error/,
  },
  {
    name: "offline",
    at: path("/"),
    isPublic: true,
    act: async (page) => await page.context().setOffline(true),
    complaints: /ERR_INTERNET/,
  },
];

const cart: readonly Scene[] = [
  { name: "cart-empty", at: path("/cart") },
  { name: "cart", at: async (cast) => ({ path: "/cart", who: await cast.withCart() }) },
  {
    name: "cart-estimate",
    at: async (cast) => ({ path: "/cart", who: await cast.withCart() }),
    act: async (page, language) => {
      await page.getByLabel(says(language, "cart.zip")).first().fill("10118");
      await press(page, says(language, "cart.estimate"));
      await page.waitForTimeout(600);
    },
  },
  { name: "cart-prices-moved", at: async (cast) => ({ path: "/cart", who: await cast.withMovedPrices() }) },
  {
    name: "cart-unreachable",
    at: path("/cart"),
    prepare: async (page) => {
      await page.route("**/api/v1/cart**", async (route) => await route.abort());
    },
    complaints: /ERR_FAILED/,
  },
];

const checkout: readonly Scene[] = [
  { name: "checkout-nothing", at: path("/checkout"), complaints: /4\d\d/ },
  { name: "checkout", at: async (cast) => ({ path: "/checkout", who: await cast.withCart() }), act: untilCards },
  {
    name: "checkout-errors",
    at: async (cast) => ({ path: "/checkout", who: await cast.withCart() }),
    act: async (page, language) => {
      await untilCards(page, language);
      await page.getByTestId("pay").click();
      await page.locator("[aria-invalid=true]").first().waitFor();
    },
  },
  {
    name: "checkout-filled",
    at: async (cast) => ({ path: "/checkout", who: await cast.readyToPay() }),
    act: async (page, language) => {
      await untilCards(page, language);
      await writeCard(page, cards.good, language);
    },
  },
  {
    name: "checkout-suggestion",
    at: async (cast) => ({ path: "/checkout", who: await cast.readyToPay() }),
    act: async (page, language) => {
      const city = page.locator('input[name="city"]');
      await city.fill("New Yrok");
      await city.blur();
      await page.getByText(says(language, "address.suggestion.title")).waitFor();
    },
  },
  {
    name: "checkout-expired",
    at: async (cast) => ({ path: "/checkout", who: await cast.readyToPay() }),
    prepare: async (page) => await page.clock.install(),
    act: async (page, language) => {
      await page.clock.fastForward("31:00");
      await page.getByText(says(language, "checkout.over")).waitFor();
    },
  },
  {
    name: "checkout-bank",
    at: async (cast) => ({ path: "/checkout", who: await cast.readyToPay() }),
    act: async (page, language) => {
      await untilCards(page, language);
      await writeCard(page, cards.challenge, language);
      await pay(page, language);
      await untilBank(page, language);
    },
    complaints: /402/,
  },
  { name: "placing", at: async (cast) => placing(await cast.placing()) },
  { name: "placing-in-doubt", at: async (cast) => placing(await cast.inDoubt()) },
  { name: "confirmation", at: async (cast) => confirmed(await cast.boughtAll()) },
  { name: "confirmation-some", at: async (cast) => confirmed(await cast.boughtSome()) },
  { name: "confirmation-by-hand", at: async (cast) => confirmed(await cast.boughtByHand()) },
];

const account: readonly Scene[] = [
  { name: "orders-nobody", at: path("/orders") },
  { name: "orders-empty", at: async (cast) => ({ path: "/orders", who: await cast.withCart() }) },
  { name: "orders", at: async (cast) => ({ path: "/orders", who: (await cast.regular()).person }) },
  { name: "order-placed", at: orderOf("placed") },
  {
    name: "order-cancel",
    at: orderOf("placed"),
    act: async (page, language) => {
      await press(page, says(language, "orders.actions.cancel"));
      await page.getByRole("dialog").or(page.getByRole("alertdialog")).waitFor();
    },
  },
  { name: "order-shipped", at: orderOf("shipped") },
  { name: "order-delivered", at: orderOf("delivered") },
  {
    name: "order-refund",
    at: orderOf("delivered"),
    act: async (page, language) => {
      await press(page, says(language, "orders.actions.refund"));
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "order-failed", at: orderOf("failed") },
  { name: "order-cancelled", at: orderOf("cancelled") },
  { name: "order-by-hand", at: orderOf("byHand") },
  { name: "order-missing", at: path("/orders/nothing") },
  { name: "order-elsewhere", at: path("/orders/MO-2026-000000") },
  { name: "order-link-over", at: path("/orders/link") },
  { name: "account", at: async (cast) => ({ path: "/account", who: (await cast.regular()).person }) },
  { name: "account-guest", at: async (cast) => ({ path: "/account", who: await cast.withCart() }) },
  { name: "sign-in", at: path("/sign-in") },
  { name: "sign-up", at: path("/sign-up") },
  {
    name: "sign-up-errors",
    at: path("/sign-up"),
    act: async (page, language) => {
      await press(page, says(language, "account.signUp.send"));
      await page.locator("[aria-invalid=true]").first().waitFor();
    },
  },
];

export const scenes: readonly Scene[] = [...store, ...cart, ...checkout, ...account, ...marketScenes, ...deskScenes];

function placing({ person, sessionId }: { readonly person: Person; readonly sessionId: string }): Place {
  return { path: `/checkout/placing/${sessionId}`, who: person };
}

function confirmed({ person, sessionId }: { readonly person: Person; readonly sessionId: string }): Place {
  return { path: `/checkout/success/session/${sessionId}`, who: person };
}

async function untilBank(page: Page, language: Language): Promise<void> {
  const { approve } = words[language];
  for (let tries = 0; tries < 200; tries += 1) {
    for (const frame of page.frames()) {
      const button = frame.getByRole("button", { name: approve, exact: true });
      if (await button.isVisible().catch(() => false)) return;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`the bank asked nothing at ${page.url()}`);
}
