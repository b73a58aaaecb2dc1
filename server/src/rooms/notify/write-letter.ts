import type { Language } from "@muse/contracts/error";
import { must } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { mintSignInLink } from "#rooms/account";
import type { Letter } from "./letter.ts";
import { alertsShownMax, deskAlerts } from "./letters/desk-alerts.ts";
import { depositReverted, latePayment, paymentAction, refundAccount, refundDone } from "./letters/money-news.ts";
import { orderLink, signInLink } from "./letters/link-letters.ts";
import { payoutPaid, payoutReturned } from "./letters/payout-news.ts";
import { delivered, orderEnded, shipped } from "./letters/order-news.ts";
import { orderPlaced } from "./letters/order-placed.ts";
import type { Links } from "./links.ts";
import { alertsOfMail, checkoutRead, payoutRead, type MailsClaimRow } from "./notify.sql.gen.ts";
import { foundAt } from "./order-link.ts";
import { checkoutOf, type Checkout } from "./record.ts";
import { signInLinkS } from "./rules.ts";

export type ClaimedMail = MailsClaimRow & { readonly recipient: string };

/** The letter, or why there is nothing to tell. */
export type Written =
  | { readonly kind: "letter"; readonly letter: Letter }
  | {
      readonly kind: "nothing";
      readonly why: "no_account" | "no_orders" | "no_checkout" | "no_alerts" | "no_payout" | "over";
    };

/** Writes a mail's letter from what its facts are now. */
export async function writeLetter(db: Db, mail: ClaimedMail, links: Links): Promise<Written> {
  const language: Language = mail.locale === "ko" ? "ko" : "en";
  if (mail.kind === "sign_in_link") {
    const token = await mintSignInLink(db, mail.recipient, signInLinkS);
    return token === null
      ? { kind: "nothing", why: "no_account" }
      : { kind: "letter", letter: signInLink(token, language, links) };
  }
  if (mail.kind === "order_link") {
    const { mailId, recipient: email, orderNumber } = mail;
    const found = await foundAt(db, { mailId, email, orderNumber });
    return found.length === 0
      ? { kind: "nothing", why: "no_orders" }
      : { kind: "letter", letter: orderLink(found, language, links) };
  }
  if (mail.kind === "ops_alerts") {
    const alerts = await alertsOfMail(db, { mailId: mail.mailId, countMax: alertsShownMax });
    return alerts.length === 0
      ? { kind: "nothing", why: "no_alerts" }
      : { kind: "letter", letter: deskAlerts(alerts, language, links) };
  }
  if (mail.kind === "payout_paid" || mail.kind === "payout_returned") {
    return await aboutPayout(db, { ...mail, kind: mail.kind }, language, links);
  }
  const row = await checkoutRead(db, { sessionId: must(mail.sessionId, "a mail about a checkout names it") });
  if (row === null) return { kind: "nothing", why: "no_checkout" };
  return aboutCheckout(asTold(checkoutOf(row), mail), { ...mail, kind: mail.kind }, language, links);
}

type AboutCheckout = Omit<ClaimedMail, "kind"> & {
  readonly kind: Exclude<ClaimedMail["kind"], "sign_in_link" | "order_link" | "ops_alerts" | AboutPayout["kind"]>;
};
type AboutPayout = Omit<ClaimedMail, "kind"> & { readonly kind: "payout_paid" | "payout_returned" };

/** What has come back meanwhile is told by the letter about that alone. */
async function aboutPayout(db: Db, mail: AboutPayout, language: Language, links: Links): Promise<Written> {
  const payoutId = must(mail.payoutId, "a mail about a payout names it");
  const payout = await payoutRead(db, { payoutId });
  if (payout === null) return { kind: "nothing", why: "no_payout" };
  if (mail.kind === "payout_returned") return { kind: "letter", letter: payoutReturned(payout, language, links) };
  if (payout.failure !== null) return { kind: "nothing", why: "over" };
  return { kind: "letter", letter: payoutPaid(payout, language, links) };
}

function aboutCheckout(checkout: Checkout, mail: AboutCheckout, language: Language, links: Links): Written {
  const letter = (written: Letter): Written => ({ kind: "letter", letter: written });
  const order = checkout.orders.find(({ orderNumber }) => orderNumber === mail.orderNumber) ?? null;
  const named = () => must(order, `${mail.kind}: the mail names an order of its checkout`);
  switch (mail.kind) {
    case "order_placed":
      return letter(orderPlaced(checkout, language, links));
    case "order_ended":
      return letter(orderEnded(checkout, named(), language, links));
    case "shipped": {
      const shipment = named().shipments.find(({ shipmentId }) => shipmentId === mail.shipmentId) ?? null;
      return letter(shipped({ checkout, order: named(), shipment }, language, links));
    }
    case "delivered":
      return letter(delivered(checkout, named(), language, links));
    case "refund_done": {
      const refund = checkout.refunds.find(({ refundId }) => refundId === mail.refundId);
      return letter(refundDone({ checkout, refund: must(refund, "refund_done: its refund"), order }, language, links));
    }
    case "refund_account":
    case "deposit_reverted":
    case "payment_action":
      return ofWaiting(checkout, { ...mail, kind: mail.kind }, language, links);
    case "late_payment": {
      const refund = checkout.refunds.find(({ orderNumber }) => orderNumber === null);
      return letter(latePayment(checkout, must(refund, "late_payment: its refund"), language, links));
    }
  }
}

type OfWaiting = Omit<ClaimedMail, "kind"> & {
  readonly kind: "refund_account" | "deposit_reverted" | "payment_action";
};

/** Money that waits for its owner: nothing to tell where it does so no more. */
function ofWaiting(checkout: Checkout, mail: OfWaiting, language: Language, links: Links): Written {
  const over: Written = { kind: "nothing", why: "over" };
  const letter = (written: Letter): Written => ({ kind: "letter", letter: written });
  switch (mail.kind) {
    case "refund_account": {
      if (!checkout.refunds.some(({ status }) => status === "account_needed")) return over;
      const order = checkout.orders.find(({ orderNumber }) => orderNumber === mail.orderNumber) ?? null;
      const isAgain = mail.dedupeKey.endsWith(":again");
      return letter(refundAccount(checkout, { order, isAgain }, language, links));
    }
    case "deposit_reverted":
      return checkout.isDepositReverted ? letter(depositReverted(checkout, language, links)) : over;
    case "payment_action": {
      const isOpen = checkout.status === "pending" && checkout.paymentStatus === "requires_action";
      if (!isOpen) return over;
      const stores = checkout.orders.map(({ storeName }) => storeName);
      return letter(paymentAction(checkout, stores, language, links));
    }
  }
}

/**
 * A refund that this mail was not written to tell has its own: here it is still on its way, whatever has come of
 * it since.
 */
function asTold(checkout: Checkout, { kind, refundId }: ClaimedMail): Checkout {
  if ((kind !== "order_ended" && kind !== "late_payment") || refundId !== null) return checkout;
  const refunds = checkout.refunds.map((refund) =>
    refund.status === "succeeded" && (refund.isOfEnd || refund.orderNumber === null)
      ? { ...refund, status: "pending" as const }
      : refund,
  );
  return { ...checkout, refunds };
}
