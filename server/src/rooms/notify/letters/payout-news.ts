/** To those who sell: what they earned was transferred to them, or their bank sent it back. */
import type { Language } from "@muse/contracts/error";
import type { Fact, Letter } from "../letter.ts";
import type { Links } from "../links.ts";
import type { PayoutReadRow } from "../notify.sql.gen.ts";
import { dayOf, money } from "../words.ts";

/** It was transferred at the bank; when it arrives is for banks to say. */
export function payoutPaid(payout: PayoutReadRow, language: Language, links: Links): Letter {
  const said = words[language];
  const title = said.paid(amountOf(payout, language));
  return letterOf({ title, texts: [said.soon] }, payout, language, links);
}

/** It was paid and did not arrive: it is owed to them again. */
export function payoutReturned(payout: PayoutReadRow, language: Language, links: Links): Letter {
  const said = words[language];
  const title = said.returned(amountOf(payout, language));
  return letterOf({ title, texts: [said.owedAgain, said.details] }, payout, language, links);
}

function amountOf({ amountMinor, currency }: PayoutReadRow, language: Language): string {
  return money(amountMinor, currency, language);
}

type Told = { readonly title: string; readonly texts: readonly string[] };

function letterOf({ title, texts }: Told, payout: PayoutReadRow, language: Language, links: Links): Letter {
  const said = words[language];
  const facts: Fact[] = [
    { label: said.amount, lines: [amountOf(payout, language)] },
    { label: said.date, lines: [dayOf(payout.paidAt, language)] },
    { label: said.reference, lines: [payout.reference] },
  ];
  return {
    language,
    reader: "seller",
    subject: title,
    preview: texts[0] ?? "",
    blocks: [
      { kind: "title", text: title },
      ...texts.map((text) => ({ kind: "paragraph" as const, text })),
      { kind: "facts", rows: facts },
      { kind: "action", label: said.see, url: links.payouts() },
    ],
  };
}

const words = {
  en: {
    paid: (amount: string) => `We have transferred ${amount} to you`,
    soon: "It is what you earned by selling at Muse. Your bank may need a few days to show it, under the reference below.",
    returned: (amount: string) => `The bank sent your ${amount} back`,
    owedAgain: "Our transfer did not reach your account. Nothing is lost: the amount is owed to you again.",
    details:
      "Has your account changed, or been closed? Reply to this mail and we will arrange the next transfer with you. Please do not write an account number into it.",
    amount: "Amount",
    date: "Transferred on",
    reference: "The bank's reference",
    see: "See your payouts",
  },
  ko: {
    paid: (amount: string) => `정산 완료: ${amount}`,
    soon: "Muse에서 판매하신 금액을 이체했습니다. 은행에 따라 입금까지 며칠이 걸릴 수 있으며, 아래 이체 번호로 확인하실 수 있습니다.",
    returned: (amount: string) => `정산 이체 반송: ${amount}`,
    owedAgain: "이체한 금액이 계좌에 입금되지 않고 은행에서 반송되었습니다. 이 금액은 정산 잔액에 다시 더해졌습니다.",
    details:
      "계좌가 바뀌었거나 해지되었다면 이 메일에 회신해 주세요. 다음 이체를 함께 준비하겠습니다. 계좌번호는 메일에 적지 말아 주세요.",
    amount: "금액",
    date: "이체일",
    reference: "은행 이체 번호",
    see: "정산 내역 보기",
  },
} as const;
