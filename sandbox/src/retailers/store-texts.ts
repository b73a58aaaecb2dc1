import type { StoreSlug } from "./stores.ts";

/** What a store says of itself in another language. */
export type StoreTexts = { readonly description: string; readonly returnPolicy: string };

/** The stores in Korean, as their partner sheets have it. */
export const koreanTexts: Readonly<Record<StoreSlug, StoreTexts>> = {
  "harbor-main": {
    description: "1931년부터 항구 앞을 지켜 온 백화점. 공들여 고른 의류와 가죽 제품, 선물을 만나 보세요.",
    returnPolicy: "30일 이내 무료 반품. 착용하지 않고 태그가 붙어 있어야 합니다.",
  },
  "harbor-outlet": {
    description: "하버 앤드 메인과 이웃 브랜드의 지난 시즌 상품을 재고가 있는 동안 아울렛 가격으로 판매합니다.",
    returnPolicy: "14일 이내 반품 시 스토어 적립금으로 돌려드립니다. 최종 세일 표시 상품은 반품할 수 없습니다.",
  },
  fernwood: {
    description: "직접 메고 다니는 사람들이 만든 텐트와 배낭, 의류. 쓰시는 동안 계속 수선해 드립니다.",
    returnPolicy: "1년 이내라면 흙이 묻어 있어도 무엇이든 반품할 수 있습니다.",
  },
  "lumen-home": {
    description: "따뜻한 조명과 정직한 가구, 식탁 위의 물건들. 사람이 살아가는 방을 위해 만듭니다.",
    returnPolicy: "30일 이내 반품. 대형 가구는 $49에 수거합니다.",
  },
  "kite-co": {
    description: "연과 블록, 곰 인형. 물려주어도 여전히 좋은 장난감을 만듭니다.",
    returnPolicy: "60일 이내 반품. 아이가 괜찮다고 할 만한 상태면 충분합니다.",
  },
  pinecrest: {
    description: "취향이 분명한 독립 서점. 문 옆에는 문구류 선반도 있습니다.",
    returnPolicy: "30일 이내 반품. 읽지 않았거나 거의 읽지 않은 상태여야 합니다.",
  },
};
