import { browserConnectors, findConnector } from "@muse/connectors/registry";
import { problem, type Problem } from "#platform/http/problem.ts";
import type { getStore, StoreInput } from "#rooms/store";

type Store = NonNullable<Awaited<ReturnType<typeof getStore>>>;
type Wrong = Problem<"store_not_permitted"> | Problem<"request_invalid">;

/** Why a store cannot be as it was sent, or null; `known` is what it is now. */
export function whyNot(input: StoreInput, known: Store | null): Wrong | null {
  if (isUnpermitted(input, known)) return problem("store_not_permitted", { field: "permission" });
  const zone = input.permission?.hours?.timeZone;
  if (zone !== undefined && !isTimeZone(zone))
    return problem("request_invalid", { field: "permission.hours.timeZone" });
  const strange = input.tiers.findIndex((tier) => !isKnown(tier));
  if (strange !== -1) return problem("request_invalid", { field: `tiers[${strange}].connector` });
  const moved = movedTier(input, known);
  if (moved === -1) return null;
  return problem("request_invalid", { field: `tiers[${moved}].baseUrl`, message: credentialsAgain });
}

function isKnown({ method, connector }: StoreInput["tiers"][number]): boolean {
  if (method === "manual") return true;
  return method === "api"
    ? findConnector(connector ?? "") !== undefined
    : Object.hasOwn(browserConnectors, connector ?? "");
}

/** A browser that is switched on without the store's permission; or whose permission is taken back and stays on. */
function isUnpermitted({ tiers, permission }: StoreInput, known: Store | null): boolean {
  const isPermitted = permission === undefined ? (known?.permission ?? null) !== null : permission !== null;
  const isOn = tiers.some(({ method, isEnabled = true }) => method === "headless" && isEnabled);
  // Taking the permission back is never refused: it stops the browser, whatever the switch says.
  return isOn && !isPermitted && permission !== null;
}

/** By name only: PostgreSQL reads an offset such as +09:00 the other way round. It has the same list of names. */
function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * The first tier that sends the store's kept credentials to another address than before, or -1. Whoever changes where a
 * store is must know its credentials: nobody gets to read them by having them sent to themselves (P4).
 */
function movedTier({ tiers, credentials }: StoreInput, known: Store | null): number {
  if (known === null) return -1;
  const isKept = (method: "api" | "headless"): boolean =>
    known.credentialPurposes.includes(method) && (credentials?.[method] ?? null) === null;
  const places = new Set(known.tiers.map(placeOf));
  return tiers.findIndex((tier) => tier.method !== "manual" && isKept(tier.method) && !places.has(placeOf(tier)));
}

function placeOf({ method, connector, baseUrl }: StoreInput["tiers"][number]): string {
  return `${method} ${connector} ${baseUrl}`;
}

const credentialsAgain = {
  en: "Send the store's credentials with its new address: those that are kept go to the old one only.",
  ko: "새 주소로 바꾸려면 스토어 인증 정보를 함께 보내 주세요. 저장된 인증 정보는 기존 주소로만 전송됩니다.",
};
