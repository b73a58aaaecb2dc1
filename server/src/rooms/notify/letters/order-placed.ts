import type { Language } from "@muse/contracts/error";
import { assert, must } from "#kernel/assert.ts";
import type { Block, Fact, Letter } from "../letter.ts";
import type { Links } from "../links.ts";
import type { Checkout } from "../record.ts";
import { money, namesOf } from "../words.ts";
import { orderCard, sumsOf } from "./order-card.ts";

/** The confirmation of a checkout: what comes from which store, and what was paid, to the cent as it was charged. */
export function orderPlaced(checkout: Checkout, language: Language, links: Links): Letter {
  const charged = must(checkout.chargedMinor, "order_placed: a paid checkout has its payment");
  const ordered = checkout.orders.reduce((sum, { totalMinor }) => sum + BigInt(totalMinor), 0n);
  assert(ordered === charged && charged === checkout.totalMinor, "M5: the mail's orders sum to what was charged");

  const paid = money(charged, checkout.currency, language);
  const stores = namesOf(
    checkout.orders.map(({ storeName }) => storeName),
    language,
  );
  const said = words[language];
  const isSent = checkout.orders.some(({ kind }) => kind === "physical");
  const blocks: Block[] = [
    { kind: "title", text: said.title },
    { kind: "paragraph", text: said.paid(paid, checkout.orders.length) },
    ...stateOf(checkout, language),
    { kind: "action", label: isSent ? said.action : said.filesAction, url: links.confirmation(checkout.sessionId) },
    ...checkout.orders.map((order) => orderCard(order, checkout, language)),
    ...(checkout.orders.length > 1
      ? [{ kind: "sums" as const, rows: sumsOf(checkout, checkout.currency, { language, isSent, isPaid: true }) }]
      : []),
    ...addressOf(checkout, language),
  ];
  return { language, subject: said.subject(stores), preview: said.preview(paid), blocks };
}

function stateOf({ orders }: Checkout, language: Language): Block[] {
  const said = words[language];
  const isLost = orders.some(({ status }) => status === "failed" || status === "cancelled");
  const isOpen = orders.some(({ status }) => status === "pending");
  return [
    ...(isOpen ? [{ kind: "paragraph" as const, text: said.open }] : []),
    ...(isLost ? [{ kind: "paragraph" as const, text: said.lost }] : []),
  ];
}

function addressOf({ shippingAddress: address }: Checkout, language: Language): Block[] {
  if (address === null) return [];
  const town = `${address.city}, ${address.state} ${address.zip}`;
  const lines = [address.name, address.address1, address.address2, town, address.country];
  const fact: Fact = {
    label: words[language].address,
    lines: lines.filter((line): line is string => line !== null && line !== ""),
  };
  return [{ kind: "facts", rows: [fact] }];
}

const words = {
  en: {
    subject: (stores: string) => `Your order from ${stores}`,
    preview: (paid: string) => `Thank you. You paid ${paid}; here is what comes from whom.`,
    title: "Thank you for your order",
    paid: (paid: string, count: number) =>
      count === 1 ? `You paid ${paid}.` : `You paid ${paid} once. It became ${count} orders, each listed below.`,
    open: "We are still ordering from one of the stores. You do not need to do anything: we write if it cannot deliver.",
    lost: "One of the stores could not take its order. You get back to the cent what you paid for it; nothing else changes.",
    action: "See your order",
    filesAction: "Download your files",
    address: "Goes to",
  },
  ko: {
    subject: (stores: string) => `${stores} 주문이 접수되었습니다`,
    preview: (paid: string) => `감사합니다. ${paid} 결제가 완료되었습니다. 스토어별 주문 내역을 확인하세요.`,
    title: "주문해 주셔서 감사합니다",
    paid: (paid: string, count: number) =>
      count === 1
        ? `결제 금액은 ${paid}입니다.`
        : `결제 금액은 ${paid}이며, 한 번의 결제로 ${count}건의 주문이 만들어졌습니다.`,
    open: "아직 주문을 진행하고 있는 스토어가 있습니다. 따로 하실 일은 없으며, 주문이 어려워지면 알려 드립니다.",
    lost: "주문을 받지 못한 스토어가 있습니다. 해당 금액은 전액 환불되며, 나머지 주문에는 영향이 없습니다.",
    action: "주문 확인하기",
    filesAction: "파일 다운로드하기",
    address: "배송지",
  },
} as const;
