import { escapeHtml } from "#core/escape-html.ts";
import type { Kept, Payment } from "./payment.ts";

export type Language = "en" | "ko";

const words = {
  ko: {
    title: "토스페이먼츠 결제창",
    pay: "결제하기",
    cancel: "취소",
    reject: "카드사 거절로 시험하기",
    over: "이 결제는 더 진행할 수 없어요.",
    receipt: "영수증",
    note: "시험용 결제창입니다. 실제로 결제되지 않아요.",
  },
  en: {
    title: "TossPayments payment window",
    pay: "Pay",
    cancel: "Cancel",
    reject: "Try a refusal by the card company",
    over: "This payment cannot go on.",
    receipt: "Receipt",
    note: "A window for tests. Nothing is really paid.",
  },
} as const;

export function drawWindow({ payment }: Kept, language: Language): string {
  const said = words[language];
  const post = (verb: string, label: string, look: string): string =>
    `<form method="post" action="/toss-window/${payment.paymentKey}/${verb}"><button class="${look}">${label}</button></form>`;
  return page(
    language,
    said.title,
    `<p class="name">${escapeHtml(payment.orderName)}</p>
<p class="amount">${won(payment.totalAmount)}</p>
<p>${escapeHtml(payment.method ?? "")}</p>
${post("approve", said.pay, "pay")}${post("cancel", said.cancel, "")}${post("reject", said.reject, "")}
<p class="note">${said.note}</p>`,
  );
}

export function drawWindowOver(language: Language): string {
  return page(language, words[language].title, `<p>${words[language].over}</p>`);
}

export function drawReceipt(payment: Payment, language: Language): string {
  const { receipt } = words[language];
  return page(
    language,
    receipt,
    `<p class="name">${escapeHtml(payment.orderName)}</p><p class="amount">${won(payment.totalAmount)}</p>
<p>${escapeHtml(payment.approvedAt ?? "")}</p>`,
  );
}

function won(amount: number): string {
  return `${amount.toLocaleString("ko-KR")}원`;
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 24rem; margin: 3rem auto; padding: 0 1rem; color: #191f28; background: #fff }
  h1 { font-size: 1.1rem } .amount { font-size: 1.8rem; font-weight: 700; margin: .2rem 0 1rem } .name { margin: 0 }
  button { font: inherit; width: 100%; min-height: 3rem; margin: .3rem 0; border: 1px solid #b0b8c1; border-radius: .6rem; background: #fff; color: #191f28; cursor: pointer }
  button.pay { border-color: #1b64da; background: #1b64da; color: #fff; font-weight: 700 } .note { color: #4e5968; font-size: 13px }
</style>
<main><h1>${title}</h1>
${body}
</main></html>`;
}
