/** The desk, as operators and others come upon it. */
import type { Cast } from "./cast.ts";
import type { Work } from "./cast-desk.ts";
import { says } from "./says.ts";
import { path, press, type Place, type Scene } from "./scene.ts";

const at =
  (address: string) =>
  async (cast: Cast): Promise<Place> => {
    // The desk is never looked at before something lies on it.
    await cast.desk.work();
    return { path: address, who: await cast.desk.operator() };
  };

const atWork =
  (address: (work: Work) => string) =>
  async (cast: Cast): Promise<Place> => ({
    path: address(await cast.desk.work()),
    who: await cast.desk.operator(),
  });

const alerts = async (cast: Cast): Promise<Place> => {
  await cast.desk.work();
  await cast.desk.alerts();
  return { path: "/ops/alerts", who: await cast.desk.operator() };
};

const atPayouts =
  (address: (sellerId: string) => string) =>
  async (cast: Cast): Promise<Place> => ({
    path: address(await cast.desk.payouts()),
    who: await cast.desk.operator(),
  });

const payouts = atPayouts(() => "/ops/money?list=payouts");

export const deskScenes: readonly Scene[] = [
  { name: "desk-nobody", at: path("/ops") },
  {
    name: "desk-stranger",
    at: async (cast) => ({ path: "/ops", who: (await cast.regular()).person }),
    status: 404,
    complaints: /404/,
  },
  { name: "desk", at: at("/ops") },
  {
    name: "desk-keys",
    at: at("/ops"),
    act: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "desk-work", at: atWork(({ open }) => `/ops/queue/${open}`) },
  { name: "desk-work-claimed", at: atWork(({ claimed }) => `/ops/queue/${claimed}`) },
  { name: "desk-work-unknown", at: atWork(({ unknown }) => `/ops/queue/${unknown}`) },
  { name: "desk-orders", at: at("/ops/orders") },
  { name: "desk-orders-none", at: at("/ops/orders?q=zzzyx") },
  { name: "desk-order", at: atWork(({ wantedBack }) => `/ops/orders/${wantedBack}`) },
  { name: "desk-order-by-hand", at: atWork(({ claimed }) => `/ops/orders/${claimed}`) },
  { name: "desk-order-missing", at: at("/ops/orders/MO-2026-000000"), complaints: /404/ },
  { name: "desk-refunds", at: at("/ops/refunds") },
  {
    name: "desk-refunds-answer",
    at: at("/ops/refunds"),
    act: async (page, language) => {
      await press(page, says(language, "ops.refunds.agree"));
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "desk-refunds-approvals", at: at("/ops/refunds?list=approvals") },
  { name: "desk-refunds-stuck", at: at("/ops/refunds?list=stuck") },
  { name: "desk-stores", at: at("/ops/stores") },
  { name: "desk-store", at: at("/ops/stores/lumen-home") },
  { name: "desk-store-by-browser", at: at("/ops/stores/kite-co") },
  { name: "desk-figures", at: at("/ops/figures") },
  { name: "desk-events", at: at("/ops/events") },
  { name: "desk-audit", at: at("/ops/audit") },
  {
    name: "desk-money",
    at: async (cast) => {
      await cast.desk.run();
      return { path: "/ops/money", who: await cast.desk.operator() };
    },
  },
  {
    name: "desk-money-disputes",
    at: async (cast) => {
      await cast.desk.dispute();
      return { path: "/ops/money?list=disputes", who: await cast.desk.operator() };
    },
  },
  { name: "desk-money-balances", at: at("/ops/money?list=balances") },
  {
    name: "desk-run",
    at: async (cast) => ({ path: `/ops/money/runs/${await cast.desk.run()}`, who: await cast.desk.operator() }),
  },
  {
    name: "desk-dispute",
    at: async (cast) => ({
      path: `/ops/money/disputes/${await cast.desk.dispute()}`,
      who: await cast.desk.operator(),
    }),
  },
  {
    name: "desk-dispute-answered",
    at: async (cast) => ({
      path: `/ops/money/disputes/${await cast.desk.answeredDispute()}`,
      who: await cast.desk.operator(),
    }),
    act: async (page, language) => await page.getByText(says(language, "money.answer.told")).click(),
  },
  { name: "desk-alerts", at: alerts },
  {
    name: "desk-alerts-mail-unread",
    at: alerts,
    prepare: async (page) => {
      await page.route("**/api/v1/admin/alerts/mail", async (route) => await route.abort());
    },
    complaints: /ERR_FAILED/,
  },
  { name: "desk-sellers", at: atPayouts(() => "/ops/sellers") },
  { name: "desk-seller", at: atPayouts((sellerId) => `/ops/sellers/${sellerId}`) },
  { name: "desk-payouts", at: payouts },
  {
    name: "desk-payouts-paid",
    at: payouts,
    act: async (page, language) => {
      await press(page, says(language, "sellers.payout.pay"));
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "desk-payouts-failed",
    at: payouts,
    act: async (page, language) => {
      await press(page, says(language, "sellers.payout.fail"));
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "desk-unreachable",
    at: at("/ops/figures"),
    prepare: async (page) => {
      await page.route("**/api/v1/admin/metrics/**", async (route) => await route.abort());
    },
    complaints: /ERR_FAILED/,
  },
];
