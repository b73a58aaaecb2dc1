/** TossPayments, as the payment room lends it out. */
export { openToss, type TossClient } from "./client.ts";
export { tossMethodRef } from "./method-ref.ts";
export { tossProvider } from "./provider.ts";
export { tossBooks } from "./read-books.ts";
export { readTossCancels } from "./read-cancels.ts";
