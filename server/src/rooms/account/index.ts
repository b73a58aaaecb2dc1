/** The account room: who is calling, and what they may. Depends on nothing but the platform. */
export type { AuthDeps } from "./auth.ts";
export { deleteExpired } from "./delete-expired.ts";
export type { AccountMerge, OnAccountMerged } from "./merge-account.ts";
export { openAccountRoom, type AccountRoom } from "./open-account.ts";
export { seedPeople, type SeededPeople } from "./seed-people.ts";
export { setRole, type SetRoleResult } from "./set-role.ts";
