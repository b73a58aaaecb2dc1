/** Paying in won, as shoppers do it: a window of Toss's, and the way back. */
import type { Visit } from "./behaviour.ts";
import { GoneError, type Said } from "./customer.ts";
import { refused, sessionPath } from "./visit.ts";

/** A session that takes no more payments, whoever ended it. */
export const endCodes = ["session_processing", "session_closed", "session_expired", "session_cancelled"];

export type Agreed = { readonly orderId: string; readonly paymentKey: string; readonly amount: number };

/** @throws GoneError for a session that has ended, or for one of these refusals */
export async function agree(
  { customer, shop }: Visit,
  sessionId: string,
  method: string,
  also: readonly string[] = [],
): Promise<Agreed> {
  const said = await customer.ask(`POST ${sessionPath(sessionId, "/toss")}`, { body: {} });
  if (said.code !== null && [...endCodes, ...also].includes(said.code)) throw new GoneError(said.code);
  if (said.code !== null) throw refused("opening the window", said);
  const { orderId, amountCents: amount } = said.data as { readonly orderId: string; readonly amountCents: number };
  return { orderId, amount, paymentKey: await shop.sandbox.agreeAtToss({ orderId, amount, method }) };
}

const confirmCodes = [...endCodes, "payment_declined", "payment_amount_mismatch", "payment_provider_unavailable"];

export async function confirm(visit: Visit, agreed: Agreed, also: readonly string[] = []): Promise<Said> {
  visit.acts.push(Date.now());
  const said = await visit.customer.ask("POST /api/payments/toss/confirm", { body: agreed });
  if (said.code === null || confirmCodes.includes(said.code) || also.includes(said.code)) return said;
  throw refused("confirming", said);
}
