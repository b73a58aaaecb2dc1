/** A word that nobody has used before, without many digits in a row: thirteen may pass for the number of a card. */
export const unique = (): string => `${Date.now().toString(36)}p${process.pid}`;

/** A person's address that nobody has written to before. */
export const fresh = (name: string): string => `${name}.${unique()}@example.com`;
