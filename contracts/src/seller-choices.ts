/** What a seller may price in, and look back over. Not beside their schemas, as a page shows them, without Zod. */
export const sellerCurrencies = ["USD", "KRW"] as const;

export const sellerRanges = ["30d", "90d", "365d"] as const;
