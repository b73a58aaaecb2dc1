/** What becomes of the money: it went back, it came too late, or it waits for its owner. */
import type { Language } from "@muse/contracts/error";
import type { Block, Fact, Letter } from "../letter.ts";
import type { Links } from "../links.ts";
import type { Checkout, OrderRecord, RefundRecord } from "../record.ts";
import { dayOf, money, namesOf, timeOf, wentTo } from "../words.ts";
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
    { label: said.to, lines: [wentTo(refund.lastDigits, checkout.provider, language)] },
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

/** Money that was paid into an account waits for its owner to say where it goes back to. */
export function refundAccount(
  checkout: Checkout,
  { order, isAgain }: { readonly order: OrderRecord | null; readonly isAgain: boolean },
  language: Language,
  links: Links,
): Letter {
  const said = words[language];
  const waiting = checkout.refunds.filter(({ status }) => status === "account_needed");
  const sum = waiting.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const amount = money(sum, checkout.currency, language);
  const refused = waiting.find(({ lastDigits }) => lastDigits !== null)?.lastDigits ?? null;
  const title = isAgain ? said.accountAgain(amount) : said.account(amount);
  const why = refused === null ? said.accountWhy : said.accountRefused(refused);
  const url = order === null ? links.confirmation(checkout.sessionId) : links.order(order.orderNumber);
  const blocks: Block[] = [
    { kind: "title", text: title },
    { kind: "paragraph", text: why },
    { kind: "paragraph", text: said.accountSafe },
    { kind: "action", label: said.nameAccount, url },
  ];
  return { language, subject: title, preview: why, blocks };
}

/** The bank took back what had been transferred; the account itself is on the page, and in no mail. */
export function depositReverted(checkout: Checkout, language: Language, links: Links): Letter {
  const said = words[language];
  const amount = money(checkout.totalMinor, checkout.currency, language);
  const blocks: Block[] = [
    { kind: "title", text: said.revertedTitle },
    { kind: "paragraph", text: said.reverted(amount) },
    { kind: "action", label: said.seeAccount, url: links.confirmation(checkout.sessionId) },
  ];
  return { language, subject: said.revertedTitle, preview: said.reverted(amount), blocks };
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
    // The payment's own page takes the bank's question up again; the form begins another one, of the cart's.
    { kind: "action", label: said.finish, url: links.placing(checkout.sessionId) },
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
    account: (amount: string) => `Where may we send your ${amount} back to?`,
    accountAgain: (amount: string) => `Your ${amount} is still waiting for your bank account`,
    accountWhy: "You paid by bank transfer, so we need an account to send the money back to. Please name one.",
    accountRefused: (digits: string) =>
      `The bank could not send the money to the account ending in ${digits}. Please check it, or name another one.`,
    accountSafe:
      "Name it on Muse only, never in a reply to this mail. We keep it sealed, and delete it once the money is there.",
    nameAccount: "Name an account",
    revertedTitle: "The bank has taken your transfer back",
    reverted: (amount: string) =>
      `Your transfer of ${amount} was undone by the bank. What has not been ordered yet waits, and so do files. Pay into the account again and everything goes on.`,
    seeAccount: "See where to pay",
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
    soon: "환불 처리가 완료되었습니다. 보통 5~10일 안에 확인하실 수 있습니다.",
    amount: "환불 금액",
    date: "환불일",
    to: "환불 수단",
    order: "주문",
    see: "주문 보기",
    account: (amount: string) => `${amount}을 환불받으실 계좌를 알려 주세요`,
    accountAgain: (amount: string) => `${amount} 환불이 계좌 정보를 기다리고 있습니다`,
    accountWhy: "계좌이체로 결제하셔서 환불받으실 계좌가 필요합니다. 계좌를 입력해 주세요.",
    accountRefused: (digits: string) =>
      `끝자리 ${digits} 계좌로 송금하지 못했습니다. 계좌 정보를 확인하시거나 다른 계좌를 입력해 주세요.`,
    accountSafe:
      "계좌는 Muse 페이지에서만 입력해 주세요. 이 메일에 회신하지 마세요. 암호화하여 보관하며 환불이 완료되면 삭제합니다.",
    nameAccount: "계좌 입력하기",
    revertedTitle: "은행에서 입금이 취소되었습니다",
    reverted: (amount: string) =>
      `입금하신 ${amount}이 은행에서 취소되었습니다. 아직 주문하지 않은 상품과 파일은 멈춰 있습니다. 다시 입금하시면 이어서 진행합니다.`,
    seeAccount: "입금 계좌 보기",
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
