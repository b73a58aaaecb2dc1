import type { Language } from "@muse/contracts/error";
import type { ManualOrder, ManualOrderInstructions } from "@muse/contracts/placement";
import type { z } from "zod";

type Task = z.output<typeof ManualOrder>;
type Step = { readonly text: string; readonly link?: string | null; readonly paste?: readonly Paste[] };
type Paste = { readonly label: string; readonly value: string };

/** Numbered steps for this store and these items, with what to paste where, in the operator's language. */
export function instructionsFor(task: Task, language: Language): z.output<typeof ManualOrderInstructions> {
  const steps = task.task === "place" ? placeSteps(task, language) : cancelSteps(task, language);
  return {
    museOrderNumber: task.museOrderNumber,
    task: task.task,
    steps: steps.map(({ text, link, paste }, index) => ({
      number: index + 1,
      text,
      link: link ?? null,
      paste: [...(paste ?? [])],
    })),
  };
}

function placeSteps(task: Task, language: Language): readonly Step[] {
  const say = wordsIn[language];
  return [
    ...(task.isCancelRequested ? [{ text: say.wantedBack }] : []),
    ...(task.isOutcomeUnknown
      ? [{ text: say.findOut(task.storeName), link: task.storeHomepage, paste: searchFields(task, language) }]
      : []),
    { text: say.signIn(task.storeName), link: task.storeHomepage },
    ...task.items.map((item) => ({
      text: say.putInCart(
        item.quantity,
        [item.title, item.size, item.color].filter((part) => part !== null).join(", "),
      ),
      link: item.productUrl,
      paste: fields([
        [say.sku, item.sku],
        [say.quantity, String(item.quantity)],
        [say.size, item.size],
        [say.color, item.color],
      ]),
    })),
    { text: say.address, paste: addressFields(task, language) },
    { text: say.delivery(task.shippingOption?.name ?? task.shippingOption?.optionId ?? "") },
    { text: say.reference, paste: [{ label: say.referenceLabel, value: task.museOrderNumber }] },
    { text: say.checkTotal(task.chargeMaxDisplay) },
    { text: say.pay },
    { text: say.submitOnce },
    { text: say.enterNumber },
  ];
}

function cancelSteps(task: Task, language: Language): readonly Step[] {
  const say = wordsIn[language];
  return [
    { text: say.signIn(task.storeName), link: task.storeHomepage },
    { text: say.findOrder, paste: searchFields(task, language) },
    ...(task.detail === null ? [] : [{ text: task.detail }]),
    { text: say.askCancel },
    { text: say.enterAnswer },
  ];
}

function searchFields(task: Task, language: Language): readonly Paste[] {
  const say = wordsIn[language];
  return fields([
    [say.storeOrderNumber, task.storeOrderNumber],
    [say.referenceLabel, task.museOrderNumber],
    [say.name, task.shippingAddress?.name ?? null],
    [say.zip, task.shippingAddress?.zip ?? null],
  ]);
}

function addressFields({ shippingAddress, contactEmail }: Task, language: Language): readonly Paste[] {
  const say = wordsIn[language];
  return fields([
    [say.name, shippingAddress?.name],
    [say.address1, shippingAddress?.address1],
    [say.address2, shippingAddress?.address2],
    [say.city, shippingAddress?.city],
    [say.state, shippingAddress?.state],
    [say.zip, shippingAddress?.zip],
    [say.country, shippingAddress?.country],
    [say.phone, shippingAddress?.phone],
    [say.email, contactEmail],
  ]);
}

/** Fields in the order they are pasted; what is empty has nothing to paste. */
function fields(pairs: readonly (readonly [string, string | null | undefined])[]): readonly Paste[] {
  return pairs.flatMap(([label, value]) =>
    value === null || value === undefined || value === "" ? [] : [{ label, value }],
  );
}

const wordsIn = {
  en: {
    wantedBack:
      "The shopper has taken this order back. Do not place it: if the store does not have it already, press Fail.",
    findOut: (store: string) =>
      `Find out first whether ${store} has this order already: look through its order history, or call. If it does, enter its number under Place, and order nothing.`,
    signIn: (store: string) => `Open ${store} and sign in with Muse's account. Empty its cart.`,
    putInCart: (quantity: number, item: string) => `Put ${quantity} × ${item} into the cart.`,
    address: "Enter the delivery address, field by field.",
    delivery: (option: string) => `Choose the delivery "${option}".`,
    reference: "Where the store has a field for a reference or a note, enter our order number.",
    checkTotal: (most: string) =>
      `Look at the total of goods and delivery, before tax. Above ${most}, stop and press Fail with "price above guard".`,
    pay: "Pay with the account's saved payment method. Never type in a card number.",
    submitOnce:
      "Submit the order once. If no confirmation comes, do not submit again: look into the order history first.",
    enterNumber: "Enter the store's order number and what it charged under Place.",
    findOrder: "Find the order in the order history.",
    askCancel: "Have it cancelled, on the page or by phone. Wait for the confirmation.",
    enterAnswer: "Enter what the store said: cancelled, or refused.",
    sku: "Item number",
    quantity: "Quantity",
    size: "Size",
    color: "Colour",
    referenceLabel: "Reference",
    storeOrderNumber: "Store's order number",
    name: "Name",
    address1: "Address line 1",
    address2: "Address line 2",
    city: "City",
    state: "State",
    zip: "ZIP code",
    country: "Country",
    phone: "Phone",
    email: "E-mail",
  },
  ko: {
    wantedBack: "고객이 취소한 주문입니다. 주문하지 마세요. 스토어에 접수되어 있지 않으면 '실패'를 누르세요.",
    findOut: (store: string) =>
      `먼저 ${store}에 이 주문이 이미 접수되었는지 주문 내역이나 전화로 확인하세요. 접수되었다면 그 번호를 '주문 완료'에 입력하고 새로 주문하지 마세요.`,
    signIn: (store: string) => `${store}에 Muse 계정으로 로그인하고 장바구니를 비우세요.`,
    putInCart: (quantity: number, item: string) => `${item} ${quantity}개를 장바구니에 담으세요.`,
    address: "배송지를 항목별로 입력하세요.",
    delivery: (option: string) => `배송 방법 "${option}"을 선택하세요.`,
    reference: "참조 번호나 메모 칸이 있으면 Muse 주문 번호를 입력하세요.",
    checkTotal: (most: string) =>
      `세금을 뺀 상품과 배송비 합계를 확인하세요. ${most}보다 크면 멈추고 '가격 초과'로 실패 처리하세요.`,
    pay: "계정에 저장된 결제수단으로 결제하세요. 카드 번호는 절대 입력하지 마세요.",
    submitOnce: "주문은 한 번만 제출하세요. 확인 화면이 나오지 않으면 다시 제출하지 말고 주문 내역부터 확인하세요.",
    enterNumber: "스토어 주문 번호와 청구 금액을 '주문 완료'에 입력하세요.",
    findOrder: "주문 내역에서 주문을 찾으세요.",
    askCancel: "화면이나 전화로 취소를 요청하고 확인을 받으세요.",
    enterAnswer: "스토어의 답을 입력하세요: 취소됨 또는 거절됨.",
    sku: "상품 번호",
    quantity: "수량",
    size: "사이즈",
    color: "색상",
    referenceLabel: "참조 번호",
    storeOrderNumber: "스토어 주문 번호",
    name: "이름",
    address1: "주소 1",
    address2: "주소 2",
    city: "도시",
    state: "주",
    zip: "우편번호",
    country: "국가",
    phone: "전화번호",
    email: "이메일",
  },
} as const;
