import { DemoError } from "./api.ts";

/** A fault that the outside is told to make (sandbox/README.md). */
export type Fault = {
  readonly part: string;
  readonly endpoint: string;
  readonly kind: string;
  readonly times?: number;
  readonly status?: number;
  /** Only requests that hold this text: other people's are left alone. */
  readonly match: string;
};

/** The hands that move the outside world: the shopper's bank, the stores' staff, and what goes wrong. */
export type Sandbox = {
  /** Does the work under these faults, beside those that somebody else has set, and takes them away again. */
  readonly underFaults: <Done>(faults: readonly Fault[], work: () => Promise<Done>) => Promise<Done>;
  /** The card's owner tells the bank that it is them. */
  readonly passChallenge: (intentId: string) => Promise<void>;
  /** The store moves an order one step on: confirmed, shipped, delivered. Answers where it stands. */
  readonly advance: (storeId: string, storeOrderNumber: string) => Promise<string>;
};

const answerMsMax = 15_000;

export function openSandbox(sandboxUrl: string): Sandbox {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(path, sandboxUrl), {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMsMax),
    });
    const text = await response.text();
    if (!response.ok) throw new DemoError(`the sandbox answered ${response.status} to ${method} ${path}: ${text}`);
    return JSON.parse(text);
  };
  const changeFaults = async (change: (rules: readonly Fault[]) => readonly Fault[]): Promise<void> => {
    const { seed, rules } = (await ask("GET", "/faults")) as { seed: number; rules: readonly Fault[] };
    await ask("PUT", "/faults", { seed, rules: change(rules) });
  };
  return {
    underFaults: async (faults, work) => {
      if (faults.length === 0) return await work();
      const isOurs = ({ match }: Fault): boolean => faults.some((fault) => fault.match === match);
      try {
        await changeFaults((rules) => [...faults, ...rules]);
        return await work();
      } finally {
        await changeFaults((rules) => rules.filter((rule) => !isOurs(rule)));
      }
    },
    passChallenge: async (intentId) => {
      await ask("POST", `/3ds/${intentId}/complete`);
    },
    advance: async (storeId, storeOrderNumber) => {
      const path = `/retailers/${storeId}/orders/${encodeURIComponent(storeOrderNumber)}/advance`;
      const { order } = (await ask("POST", path)) as { readonly order: { readonly status: string } };
      return order.status;
    },
  };
}
