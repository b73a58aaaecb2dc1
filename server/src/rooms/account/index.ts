/** The account room: who is calling, and what they may. Depends on nothing but the platform. */
export { deleteExpired } from "./delete-expired.ts";
export { takeAttempt, type Limit } from "./limit-attempts.ts";
export type { Entering } from "./enter-visitor.ts";
export type { AccountMerge } from "./merge-account.ts";
export { openAccountRoom, type AccountRoom } from "./open-account.ts";
export { visitorsDelete, visitorsStale } from "./privacy.sql.gen.ts";
export type { AccountErasing, AccountExporting } from "./privacy-routes.ts";
export { seedPeople } from "./seed-people.ts";
export { setRole } from "./set-role.ts";
export { mintSignInLink, type SignInLinkWish } from "./sign-in-link.ts";
