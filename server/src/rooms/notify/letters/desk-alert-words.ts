import type { Language } from "@muse/contracts/error";
import type { AlertsOfMailRow } from "../notify.sql.gen.ts";
import type { Said } from "../words.ts";

type About = { readonly name: string; readonly method: string };
type Words = {
  readonly title: Readonly<Record<AlertsOfMailRow["kind"], (about: About) => string>>;
  readonly desk: string;
  readonly open: string;
  readonly many: (count: number) => string;
  readonly more: (count: number) => string;
  readonly order: (number: string) => string;
  readonly step: (name: string) => string;
  readonly seen: (what: string) => string;
  readonly counted: (bad: number, total: number) => string;
  readonly rests: (until: string) => string;
  readonly deadline: (at: string) => string;
  readonly evidence: (at: string) => string;
  readonly differences: (count: number, provider: string) => string;
};

export const alertWords: Readonly<Record<Language, Words>> = {
  en: {
    title: {
      tier_sick: ({ name, method }) => `${name}: ordering ${method} is sick`,
      tier_well: ({ name, method }) => `${name}: ordering ${method} is well again`,
      page_changed: ({ name }) => `${name}: its page has changed`,
      task_late: ({ name }) => `${name}: an order has waited past half its time`,
      find_out: ({ name }) => `${name}: nobody knows whether it has an order`,
      books_differ: () => "The books differ from the provider's",
      dispute_opened: () => "A payment is disputed",
      evidence_due: () => "A dispute's evidence is due, and nothing has been sent",
      payment_unmatched: () => "A payment that nobody asked for",
    },
    desk: "Muse desk",
    open: "All alerts",
    many: (count) => `${count} things to know`,
    more: (count) => `And ${count} more, on the page.`,
    order: (number) => `Order ${number}`,
    step: (name) => `Step: ${name}`,
    seen: (what) => `Seen: ${what}`,
    counted: (bad, total) => `${bad} of ${total} tries did not come through; orders go the next way`,
    rests: (until) => `Left alone until ${until}`,
    deadline: (at) => `Deadline: ${at}`,
    evidence: (at) => `Evidence due: ${at}`,
    differences: (count, provider) => `${count} ${count === 1 ? "difference" : "differences"} with ${provider}`,
  },
  ko: {
    title: {
      tier_sick: ({ name, method }) => `${name}: ${method} 주문이 원활하지 않습니다`,
      tier_well: ({ name, method }) => `${name}: ${method} 주문이 정상으로 돌아왔습니다`,
      page_changed: ({ name }) => `${name}: 스토어 화면이 바뀌었습니다`,
      task_late: ({ name }) => `${name}: 주문 처리 기한이 절반 넘게 지났습니다`,
      find_out: ({ name }) => `${name}: 주문이 접수되었는지 확인이 필요합니다`,
      books_differ: () => "결제사 장부와 차이가 있습니다",
      dispute_opened: () => "결제에 이의가 제기되었습니다",
      evidence_due: () => "이의 제기 증빙 기한이 다가오지만 아직 제출하지 않았습니다",
      payment_unmatched: () => "요청한 적 없는 결제가 있습니다",
    },
    desk: "Muse 운영",
    open: "알림 모두 보기",
    many: (count) => `알림 ${count}건`,
    more: (count) => `이 밖에 ${count}건이 더 있습니다. 알림 화면에서 확인해 주세요.`,
    order: (number) => `주문 ${number}`,
    step: (name) => `단계: ${name}`,
    seen: (what) => `확인된 내용: ${what}`,
    counted: (bad, total) => `${total}번 중 ${bad}번 실패하여 주문을 다음 방식으로 처리합니다`,
    rests: (until) => `${until}까지 쉽니다`,
    deadline: (at) => `기한: ${at}`,
    evidence: (at) => `증빙 제출 기한: ${at}`,
    differences: (count, provider) => `${provider}와 차이 ${count}건`,
  },
};

export const methods: Readonly<Record<NonNullable<AlertsOfMailRow["method"]>, Said>> = {
  api: { en: "by API", ko: "API" },
  headless: { en: "by browser", ko: "브라우저" },
  manual: { en: "by hand", ko: "수동" },
  digital: { en: "of files", ko: "디지털" },
};

export const unmatchedReasons: Readonly<Record<string, Said>> = {
  older_total: {
    en: "It was for a total from before the shopper chose anew; all of it goes back.",
    ko: "고객이 다시 선택하기 전의 금액으로 결제되어 전액 환불합니다.",
  },
  amount_mismatch: {
    en: "The amount is not the one that was on the button. Look at it at the provider.",
    ko: "결제 버튼에 표시된 금액과 다릅니다. 결제사에서 확인해 주세요.",
  },
  surplus: {
    en: "A second charge for a checkout that is paid. Look at it at the provider.",
    ko: "이미 결제된 주문에 대한 두 번째 결제입니다. 결제사에서 확인해 주세요.",
  },
};

/** Stripe's codes. https://docs.stripe.com/disputes/categories */
export const disputeReasons: Readonly<Record<string, Said>> = {
  credit_not_processed: { en: "no refund arrived", ko: "환불 미처리" },
  duplicate: { en: "charged twice", ko: "이중 결제" },
  fraudulent: { en: "not made by the cardholder", ko: "본인이 결제하지 않음" },
  general: { en: "no reason given", ko: "사유 미상" },
  product_not_received: { en: "did not arrive", ko: "상품 미수령" },
  product_unacceptable: { en: "not as described", ko: "상품이 설명과 다름" },
  subscription_canceled: { en: "cancelled before", ko: "구독 해지 후 결제" },
  unrecognized: { en: "not recognised", ko: "기억나지 않는 결제" },
};
