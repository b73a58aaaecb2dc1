/** What a payer does in Toss's window, what their bank does, and the passing of Toss's time. */
import { assert } from "#kernel/assert.ts";

export type TossPayer = {
  /** Opens the window for an order and says yes in it. @returns the payment key that the shop is told */
  readonly agree: (wish: { orderId: string; amount: number; method?: string }) => Promise<string>;
  readonly deposit: (paymentKey: string) => Promise<void>;
  readonly depositError: (paymentKey: string) => Promise<void>;
  /** Puts Toss's clock ahead of ours, for its thirty and its ten minutes. */
  readonly ahead: (aheadMs: number) => Promise<void>;
};

export function openTossPayer(sandboxUrl: string): TossPayer {
  const control = async (method: string, path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${sandboxUrl}/toss-control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert(answer.ok, `the sandbox's Toss took ${path}`);
    return await answer.json();
  };
  return {
    agree: async (wish) => ((await control("POST", "/payments", wish)) as { paymentKey: string }).paymentKey,
    deposit: async (paymentKey) => void (await control("POST", `/payments/${paymentKey}/deposit`, {})),
    depositError: async (paymentKey) => void (await control("POST", `/payments/${paymentKey}/deposit-error`, {})),
    ahead: async (aheadMs) => void (await control("PUT", "/clock", { aheadMs })),
  };
}
