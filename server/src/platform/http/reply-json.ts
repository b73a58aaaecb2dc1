import { success } from "@muse/contracts/envelope";
import { z } from "zod";
import { InvariantError } from "#kernel/assert.ts";

/**
 * Turns a handler's data into the success envelope as text. Zod writes only what the contract names and refuses what
 * does not fit it, so nothing unforeseen leaves the house (docs/decisions/0011-zod.md has the measurements).
 */
export function replyWriter(where: string, data: z.ZodType): (value: unknown, message?: string) => string {
  const envelope = success(data);
  return (value, message) => {
    const wire = z.safeEncode(envelope, { success: true, data: value, ...(message === undefined ? {} : { message }) });
    if (wire.success) return JSON.stringify(wire.data);
    const places = wire.error.issues.map((issue) => `${issue.path.join(".")} ${issue.code}`);
    throw new InvariantError(`${where}: the reply does not meet its contract at ${places.join(", ")}`);
  };
}
