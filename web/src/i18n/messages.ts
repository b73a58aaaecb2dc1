import type { Locale } from "./locale.ts";
import enUi from "../../messages/en/ui.json";
import koUi from "../../messages/ko/ui.json";
import enSellers from "../../messages/en/sellers.json";
import koSellers from "../../messages/ko/sellers.json";
import enShell from "../../messages/en/shell.json";
import koShell from "../../messages/ko/shell.json";
import enHome from "../../messages/en/home.json";
import koHome from "../../messages/ko/home.json";
import enCatalog from "../../messages/en/catalog.json";
import koCatalog from "../../messages/ko/catalog.json";
import enCart from "../../messages/en/cart.json";
import koCart from "../../messages/ko/cart.json";
import enAddress from "../../messages/en/address.json";
import koAddress from "../../messages/ko/address.json";
import enCheckout from "../../messages/en/checkout.json";
import koCheckout from "../../messages/ko/checkout.json";
import enOrders from "../../messages/en/orders.json";
import koOrders from "../../messages/ko/orders.json";
import enRefundAccount from "../../messages/en/refundAccount.json";
import koRefundAccount from "../../messages/ko/refundAccount.json";
import enAccount from "../../messages/en/account.json";
import koAccount from "../../messages/ko/account.json";
import enHelp from "../../messages/en/help.json";
import koHelp from "../../messages/ko/help.json";
import enLibrary from "../../messages/en/library.json";
import koLibrary from "../../messages/ko/library.json";
import enSell from "../../messages/en/sell.json";
import koSell from "../../messages/ko/sell.json";
import enMoney from "../../messages/en/money.json";
import koMoney from "../../messages/ko/money.json";
import enAlerts from "../../messages/en/alerts.json";
import koAlerts from "../../messages/ko/alerts.json";
import enOps from "../../messages/en/ops.json";
import koOps from "../../messages/ko/ops.json";
import enDesign from "../../messages/en/design.json";
import koDesign from "../../messages/ko/design.json";

/**
 * One file a surface and language, so that two people writing words do not write the same file. The build compiles them
 * to modules, so their imports must not say that they are JSON.
 */
const en = {
  ui: enUi,
  shell: enShell,
  home: enHome,
  catalog: enCatalog,
  cart: enCart,
  address: enAddress,
  checkout: enCheckout,
  orders: enOrders,
  refundAccount: enRefundAccount,
  account: enAccount,
  help: enHelp,
  library: enLibrary,
  sell: enSell,
  sellers: enSellers,
  money: enMoney,
  alerts: enAlerts,
  ops: enOps,
  design: enDesign,
};

/** The shape of the English words is the type that keys are checked against. */
export type Messages = typeof en;
export type Namespace = keyof Messages;

const ko: Messages = {
  ui: koUi,
  shell: koShell,
  home: koHome,
  catalog: koCatalog,
  cart: koCart,
  address: koAddress,
  checkout: koCheckout,
  orders: koOrders,
  refundAccount: koRefundAccount,
  account: koAccount,
  help: koHelp,
  library: koLibrary,
  sell: koSell,
  sellers: koSellers,
  money: koMoney,
  alerts: koAlerts,
  ops: koOps,
  design: koDesign,
};

export const messagesOf: Readonly<Record<Locale, Messages>> = { en, ko };

/** What every page's components in the browser need: the header, the footer, and the design system's own words. */
const everywhere: readonly Namespace[] = ["ui", "shell"];

/** The part of the words that is sent to the browser. */
export function pick(locale: Locale, namespaces: readonly Namespace[]): Partial<Messages> {
  const wanted = new Set<string>([...everywhere, ...namespaces]);
  return Object.fromEntries(Object.entries(messagesOf[locale]).filter(([name]) => wanted.has(name)));
}
