/** What becomes of the money: it went back, it came too late, or it waits for its owner. */
import type { Language } from "@muse/contracts/error";
import type { Block, Fact, Letter } from "../letter.ts";
import type { Links } from "../links.ts";
import type { Checkout, OrderRecord, RefundRecord } from "../record.ts";
import { dayOf, methodOf, money, namesOf, timeOf } from "../words.ts";
import { wentBack } from "./refund-words.ts";

/** A refund has gone out. @param order null: it was for the whole payment */
export function refundDone(
  {
    checkout,
    refund,
    order,
  }: { readonly checkout: Checkout; readonly refund: RefundRecord; readonly order: OrderRecord | null },
  language: Language,
  links: Links,
): Letter {
  const said = words[language];
  const amount = money(refund.amountMinor, checkout.currency, language);
  const facts: Fact[] = [
    { label: said.amount, lines: [amount] },
    ...(refund.succeededAt === null
      ? []
      : [{ label: said.date, lines: [dayOf(new Date(refund.succeededAt), language)] }]),
    { label: said.to, lines: [methodOf(checkout.provider, language)] },
    ...(order === null ? [] : [{ label: said.order, lines: [`${order.storeName}, ${order.orderNumber}`] }]),
  ];
  const url = order === null ? links.confirmation(checkout.sessionId) : links.order(order.orderNumber);
  const blocks: Block[] = [
    { kind: "title", text: said.refunded(amount) },
    { kind: "paragraph", text: said.soon },
    { kind: "facts", rows: facts },
    { kind: "action", label: said.see, url },
  ];
  return { language, subject: said.refunded(amount), preview: said.soon, blocks };
}

/** The payment came after the checkout had ended, and could not be honoured: all of it goes back. */
export function latePayment(checkout: Checkout, refund: RefundRecord, language: Language, links: Links): Letter {
  const said = words[language];
  const refunded = wentBack(refund, checkout, language);
  const blocks: Block[] = [
    { kind: "title", text: said.lateTitle },
    { kind: "paragraph", text: said.late },
    { kind: "paragraph", text: refunded },
    { kind: "action", label: said.again, url: links.checkout() },
  ];
  return { language, subject: said.lateTitle, preview: refunded, blocks };
}

/** The bank asks the card's owner, and nobody has answered. */
export function paymentAction(checkout: Checkout, stores: readonly string[], language: Language, links: Links): Letter {
  const said = words[language];
  const amount = money(checkout.totalMinor, checkout.currency, language);
  const until = said.until(timeOf(checkout.expiresAt, language));
  const blocks: Block[] = [
    { kind: "title", text: said.actionTitle },
    { kind: "paragraph", text: said.action(amount, namesOf(stores, language)) },
    { kind: "paragraph", text: until },
    { kind: "action", label: said.finish, url: links.checkout() },
  ];
  return { language, subject: said.actionTitle, preview: until, blocks };
}

const words = {
  en: {
    refunded: (amount: string) => `${amount} has been refunded`,
    soon: "It has left us. Banks usually show it within 5 to 10 days.",
    amount: "Amount",
    date: "Refunded on",
    to: "To",
    order: "For the order",
    see: "See the order",
    lateTitle: "Your payment came too late, and goes back",
    late: "The time for your checkout had run out when the payment arrived, and not everything in it was still to be had. Nothing was ordered.",
    again: "Try again",
    actionTitle: "Your payment is not finished",
    action: (amount: string, stores: string) =>
      `Your bank asks you to confirm the payment of ${amount} for your order from ${stores}. Nothing has been charged yet.`,
    until: (time: string) => `We hold prices and stock for you until ${time}.`,
    finish: "Finish paying",
  },
  ko: {
    refunded: (amount: string) => `${amount} 환불이 완료되었습니다`,
    soon: "환불 처리가 완료되었습니다. 카드사에 따라 5~10일 안에 확인하실 수 있습니다.",
    amount: "환불 금액",
    date: "환불일",
    to: "환불 수단",
    order: "주문",
    see: "주문 보기",
    lateTitle: "결제가 늦게 도착하여 환불해 드립니다",
    late: "결제가 도착했을 때 주문 시간이 이미 지나 일부 상품을 준비할 수 없었습니다. 주문은 진행되지 않았습니다.",
    again: "다시 주문하기",
    actionTitle: "결제가 아직 완료되지 않았습니다",
    action: (amount: string, stores: string) =>
      `${stores} 주문 금액 ${amount}에 대해 카드사 인증이 필요합니다. 아직 결제되지 않았습니다.`,
    until: (time: string) => `가격과 재고는 ${time}까지 유지됩니다.`,
    finish: "결제 마치기",
  },
} as const;
