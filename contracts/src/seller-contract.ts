/** The contract that sellers agree to now. Another text is another version; which one somebody agreed to is kept. */
export const sellerContractVersion = "2026-11";

/** Its text, paragraph by paragraph, as it is shown where it is agreed to. */
export const sellerContract = {
  en: [
    "What you sell is yours to sell: you made it, or you hold the rights to sell copies of it, and nothing in it harms the device it is opened on.",
    "Muse sells it to shoppers in its own name, takes the payment, sends the receipt, and answers for refunds that the law or the provider of the payment demands.",
    "Of the price before tax Muse keeps 10 % and owes you the rest. What is refunded is owed no more, and nothing is kept of it.",
    "Your share of a sale is paid out to you once fourteen days have passed, no bank disputes the payment, and Muse has seen who you are. What is refunded after that is set off against your next sales.",
    "Muse may suspend your sales and payouts for a reason that it tells you, such as goods that are not yours to sell.",
    "Whoever bought a file keeps their access to it, also when you withdraw it. The size of a limited edition does not change once it has been published.",
    "You may end this contract at any time by withdrawing your products. What is owed to you until then is paid.",
  ],
  ko: [
    "판매하는 파일은 직접 만들었거나 복제본을 판매할 권리를 가진 것이어야 하며, 여는 기기에 해를 끼치는 내용이 없어야 합니다.",
    "Muse는 자기 이름으로 구매자에게 판매하고 결제를 받으며 영수증을 발행하고, 법이나 결제사가 요구하는 환불을 처리합니다.",
    "Muse는 세금을 뺀 가격의 10%를 수수료로 받고 나머지를 판매자에게 정산합니다. 환불된 금액은 정산하지 않으며 수수료도 받지 않습니다.",
    "판매 대금은 판매 후 14일이 지나고 은행의 이의 제기가 없으며 Muse가 본인 확인을 마친 뒤에 지급합니다. 지급한 뒤 환불된 금액은 다음 판매 대금에서 뺍니다.",
    "판매할 권리가 없는 상품처럼 사유가 있으면 Muse는 그 사유를 알리고 판매와 정산을 정지할 수 있습니다.",
    "판매를 중단한 뒤에도 이미 구매한 사람은 파일을 계속 이용할 수 있습니다. 한정 수량은 한 번 공개하면 바꿀 수 없습니다.",
    "상품 판매를 중단하여 언제든지 계약을 끝낼 수 있으며, 그때까지 정산할 금액은 지급됩니다.",
  ],
} as const;
