type Language = "en" | "ko";

export type ChallengeFacts = {
  readonly intentId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly card: { readonly brand: string; readonly last4: string } | undefined;
  readonly language: Language;
  readonly at: Date;
  /** Whom to tell when it is over; `undefined` for a page of its own. */
  readonly frame: { readonly id: string; readonly parentOrigin: string } | undefined;
};

type Words = {
  readonly title: string;
  readonly bank: string;
  readonly ask: (amount: string) => string;
  readonly rows: { readonly shop: string; readonly amount: string; readonly card: string; readonly date: string };
  readonly simulated: string;
  readonly yes: string;
  readonly no: string;
  readonly cancel: string;
  readonly lost: string;
  readonly nothing: string;
  readonly done: string;
};

/** The shop as the card's statement names it (charge-card.ts). */
const shop = "MUSE";

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: "Confirm the payment",
    bank: "Your bank",
    ask: (amount) => `Confirm the payment of ${amount} to ${shop}. Nothing is taken until you do.`,
    rows: { shop: "To", amount: "Amount", card: "Card", date: "Date" },
    simulated: "This is the sandbox's test bank: choose how the bank shall decide.",
    yes: "Complete",
    no: "Fail",
    cancel: "Cancel",
    lost: "That did not get through. Please try again.",
    nothing: "There is nothing to confirm here. You can go back to the shop.",
    done: "Thank you. You can go back to the shop.",
  },
  ko: {
    title: "결제를 승인해 주세요",
    bank: "카드 발급 은행",
    ask: (amount) => `${shop}에 ${amount} 결제를 승인해 주세요. 승인하기 전에는 청구되지 않습니다.`,
    rows: { shop: "가맹점", amount: "금액", card: "카드", date: "날짜" },
    simulated: "샌드박스의 테스트 은행입니다. 은행의 결정을 선택하세요.",
    yes: "승인",
    no: "거절",
    cancel: "취소",
    lost: "전송하지 못했습니다. 다시 시도해 주세요.",
    nothing: "승인할 결제가 없습니다. 쇼핑몰로 돌아가셔도 됩니다.",
    done: "감사합니다. 쇼핑몰로 돌아가셔도 됩니다.",
  },
};

/** The bank's question. Inside a frame it answers without leaving the page, so that Back stays the shop's. */
export function drawChallenge(facts: ChallengeFacts): string {
  const { intentId, language, frame } = facts;
  const said = words[language];
  const amount = moneyText(facts);
  const form = (verb: string, id: string, label: string, kind: string): string =>
    `<form method="post" action="/3ds/${intentId}/${verb}?locale=${language}"><button id="${id}" class="${kind}">${label}</button></form>`;
  return page(
    language,
    said.title,
    `<main class="window">
    <p class="bank">${said.bank}</p>
    <h1 tabindex="-1">${said.title}</h1>
    <p>${said.ask(`<strong>${amount}</strong>`)}</p>
    <dl>${rowsOf(facts, amount)}</dl>
    ${form("complete", "test-source-authorize-3ds", said.yes, "yes")}
    <div class="pair">${form("fail", "test-source-fail-3ds", said.no, "")}${form("fail", "test-source-cancel-3ds", said.cancel, "")}</div>
    <p class="error" role="alert"></p>
    <p class="small">${said.simulated}</p>
    </main>
    <script>${frame === undefined ? "" : framedScript(frame, said.lost)}</script>`,
    frame !== undefined,
  );
}

export function drawDone(language: Language): string {
  return page(
    language,
    words[language].title,
    `<main class="window"><h1>${words[language].title}</h1><p>${words[language].done}</p></main>`,
    false,
  );
}

export function drawNothing(language: Language): string {
  return page(
    language,
    words[language].title,
    `<main class="window"><h1>${words[language].title}</h1><p>${words[language].nothing}</p></main>`,
    false,
  );
}

/** Tells the page that framed this one, at the origin which that page named, and nobody else. */
function framedScript(frame: { readonly id: string; readonly parentOrigin: string }, lost: string): string {
  return `
    const frame = ${inScript(frame)};
    const heading = document.querySelector("h1");
    addEventListener("focus", () => { if (document.activeElement === document.body) heading.focus(); });
    if (document.hasFocus()) heading.focus();
    const done = () => parent.postMessage({ stripeFrame: frame.id, message: { type: "done", detail: null } }, frame.parentOrigin);
    const hold = (isHeld) => { for (const button of document.querySelectorAll("button")) button.disabled = isHeld; };
    addEventListener("submit", async (event) => {
      event.preventDefault();
      hold(true);
      try {
        const answer = await fetch(event.target.action, { method: "POST", headers: { accept: "application/json" } });
        // 409: it was decided elsewhere meanwhile, and the page will read what became of it.
        if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
        done();
      } catch {
        document.querySelector(".error").textContent = ${inScript(lost)};
        hold(false);
      }
    });`;
}

function rowsOf(facts: ChallengeFacts, amount: string): string {
  const { rows } = words[facts.language];
  const date = new Intl.DateTimeFormat(facts.language, { dateStyle: "long" }).format(facts.at);
  const card =
    facts.card === undefined ? [] : [[rows.card, `${facts.card.brand.toUpperCase()} •••• ${facts.card.last4}`]];
  return [[rows.shop, shop], [rows.amount, amount], ...card, [rows.date, date]]
    .map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
    .join("");
}

function moneyText({ amount, currency, language }: ChallengeFacts): string {
  const format = new Intl.NumberFormat(language === "ko" ? "ko-KR" : "en-US", { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function page(language: Language, title: string, content: string, isFramed: boolean): string {
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>
  * { box-sizing: border-box } html { background: ${isFramed ? "transparent" : "#eef1f4"} }
  body { font: 16px/1.5 system-ui, -apple-system, "Noto Sans KR", sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; color: #1d2733 }
  .window { width: 100%; max-width: 26rem; padding: 24px; background: #fff; border-radius: 12px; border: 1px solid #d9dee4; overflow-wrap: anywhere }
  .bank { margin: 0; font-size: 14px; font-weight: 600; color: #1d4ed8 } h1 { font-size: 1.35rem; margin: 4px 0 8px; outline: 0 } p { margin: 0 0 16px }
  dl { margin: 0 0 20px; border-top: 1px solid #e4e8ec } dl div { display: flex; justify-content: space-between; gap: 16px; padding: 8px 0; border-bottom: 1px solid #e4e8ec } dt { color: #52606d } dd { margin: 0; text-align: right }
  button { font: inherit; width: 100%; min-height: 44px; padding: .5rem 1rem; border: 1px solid #9aa5b1; border-radius: 8px; background: #fff; color: inherit; cursor: pointer }
  button:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px } button:disabled { opacity: .6; cursor: progress }
  .yes { background: #1d4ed8; border-color: #1d4ed8; color: #fff } .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin-top: 12px }
  .error { color: #b42318; margin: 12px 0 0 } .error:empty { display: none } .small { margin: 16px 0 0; font-size: 13px; color: #52606d }
</style>${content}</html>`;
}
