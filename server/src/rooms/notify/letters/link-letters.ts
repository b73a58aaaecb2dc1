/** Letters to somebody who asked for a link: to sign in, or to their orders. */
import type { Language } from "@muse/contracts/error";
import type { Block, Letter, OrderBlock } from "../letter.ts";
import type { Links } from "../links.ts";
import type { FoundOrderRecord } from "../record.ts";
import { dayOf, money, stateOf } from "../words.ts";

export function signInLink(token: string, language: Language, links: Links): Letter {
  const said = words[language];
  const blocks: Block[] = [
    { kind: "title", text: said.signInTitle },
    { kind: "paragraph", text: said.signIn },
    { kind: "action", label: said.signInAction, url: links.signInLink(token) },
    { kind: "paragraph", text: said.notYou, isQuiet: true },
  ];
  return { language, subject: said.signInTitle, preview: said.signIn, blocks };
}

export type FoundCheckout = {
  readonly sessionId: string;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly paidAt: Date;
  readonly orders: readonly FoundOrderRecord[];
  /** Lets its reader in; null where the orders are in somebody's account, who signs in. */
  readonly token: string | null;
};

/** The newest checkouts at somebody's address, each with where it stands and the way to it. */
export function orderLink(found: readonly FoundCheckout[], language: Language, links: Links): Letter {
  const said = words[language];
  const hasAccount = found.some(({ token }) => token === null);
  const blocks: Block[] = [
    { kind: "title", text: said.ordersTitle },
    ...(found.some(({ token }) => token !== null) ? [{ kind: "paragraph" as const, text: said.orders }] : []),
    ...found.flatMap((checkout): Block[] => [
      { kind: "paragraph", text: headOf(checkout, language) },
      ...checkout.orders.map((order) => cardOf(order, language)),
      ...(checkout.token === null
        ? []
        : [{ kind: "action" as const, label: said.open, url: links.orderLink(checkout.token, checkout.sessionId) }]),
    ]),
    ...(hasAccount
      ? [
          { kind: "paragraph" as const, text: said.account },
          { kind: "action" as const, label: said.toSignIn, url: links.signIn() },
        ]
      : []),
    { kind: "paragraph", text: said.notYou, isQuiet: true },
  ];
  return { language, subject: said.ordersTitle, preview: said.orders, blocks };
}

function headOf({ paidAt, totalMinor, currency }: FoundCheckout, language: Language): string {
  return `${dayOf(paidAt, language)} · ${money(totalMinor, currency, language)}`;
}

function cardOf({ storeName, orderNumber, status }: FoundOrderRecord, language: Language): OrderBlock {
  const { text, mood } = stateOf[status];
  return {
    kind: "order",
    storeName,
    orderNumber,
    state: { text: text[language], mood },
    notes: [],
    lines: [],
    sums: [],
  };
}

const words = {
  en: {
    signInTitle: "Your sign-in link",
    signIn: "This link signs you in to Muse. It works once, within 15 minutes.",
    signInAction: "Sign in",
    notYou: "You did not ask for this? Then nothing happens, and you may delete this mail.",
    ordersTitle: "Your orders at Muse",
    orders: "The link under each order opens it. It works once, within a day.",
    open: "Open this order",
    account: "Orders without a link are in an account. Sign in the way you did when you bought.",
    toSignIn: "Sign in",
  },
  ko: {
    signInTitle: "로그인 링크",
    signIn: "아래 링크로 Muse에 로그인하실 수 있습니다. 15분 안에 한 번만 사용할 수 있습니다.",
    signInAction: "로그인",
    notYou: "요청하신 적이 없다면 이 메일을 삭제하셔도 됩니다. 아무 일도 일어나지 않습니다.",
    ordersTitle: "Muse 주문 내역",
    orders: "주문 아래의 링크로 주문을 확인하실 수 있습니다. 하루 안에 한 번만 사용할 수 있습니다.",
    open: "주문 열기",
    account: "링크가 없는 주문은 계정에 있는 주문입니다. 구매하신 계정으로 로그인해 주세요.",
    toSignIn: "로그인",
  },
} as const;
