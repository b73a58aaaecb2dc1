/** Choices that pages show. Not beside their schemas, which would bring Zod into every browser. */
export const sellerCurrencies = ["USD", "KRW"] as const;

/** `email`: reads mail at their address. `identity`: an operator has seen who they are. */
export const verificationLevels = ["unverified", "email", "identity"] as const;

export const sellerStates = ["selling", "suspended"] as const;

export const sellerRanges = ["30d", "90d", "365d"] as const;
