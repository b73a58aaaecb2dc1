import { answerMsMax, type Call } from "./customer.ts";
import type { Disturbance } from "./scene.ts";
import type { Breach } from "./truth.ts";

/**
 * How the API may fail, whatever is done to it. A 5xx is only ever 503 that says when to come back. A call stays
 * without an answer only where its process was being killed, ended or cut off. Nothing hangs.
 */
export function badManners(calls: readonly Call[], disturbances: readonly Disturbance[]): Breach[] {
  return calls.flatMap((call) => {
    const text = complaintOf(call, disturbances);
    const sessionId = /cs_\w+/.exec(call.request)?.[0] ?? null;
    return text === null ? [] : [{ sessionId, text: `${call.request} at ${call.api}: ${text}` }];
  });
}

function complaintOf(
  { said, api, beganMs, endedMs, isForgotten }: Call,
  disturbances: readonly Disturbance[],
): string | null {
  if (said !== null) {
    if (said.status < 500) return null;
    if (said.status === 503 && said.retryAfter !== null) return null;
    return `answered with ${said.status} ${said.code}${said.retryAfter === null ? " and no Retry-After" : ""}`;
  }
  if (isForgotten) return null;
  const isDisturbed = disturbances.some(
    (disturbed) => disturbed.units.includes(api) && disturbed.beganMs <= endedMs && disturbed.endedMs >= beganMs,
  );
  if (isDisturbed) return null;
  return endedMs - beganMs >= answerMsMax ? `hung for ${answerMsMax / 1000} s` : "cut off, and nobody had touched it";
}
