import { Counter, Histogram, type Registry } from "prom-client";
import { assert } from "#kernel/assert.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";

/** One exchange with the outside. The same shape as the connectors' `Http`, so that one can be given for the other. */
export type OutboundHttp = (request: {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From connecting to the last byte. */
  readonly timeoutMs: number;
}) => Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }>;

export type OutboundMetrics = {
  readonly observe: (provider: string, outcome: string, ms: number) => void;
};

/**
 * Nobody may keep a request of ours waiting for longer: the slowest provider documents 60 s (card networks behind
 * Toss), and a call without an end would hold its job's lease for ever.
 */
const timeoutMsMax = 65_000;

/**
 * The way out of the house. It puts two rules on a sender (`nodeHttp` of the connectors, which keeps connections
 * alive): no transaction is open, as its locks and its connection would wait for somebody else's machine; and there is
 * a deadline.
 *
 * @param provider who is called, for the metrics: a word of ours ("stripe", a connector's name), never an address
 */
export function outboundHttp(send: OutboundHttp, provider: string, metrics?: OutboundMetrics): OutboundHttp {
  return async (request) => {
    assertNoTransaction(`outbound call to ${provider}`);
    assert(
      request.timeoutMs > 0 && request.timeoutMs <= timeoutMsMax,
      `outbound call to ${provider}: the deadline is within ${timeoutMsMax} ms`,
    );
    const startedAt = performance.now();
    let outcome = "none";
    try {
      const answer = await send(request);
      outcome = `${Math.floor(answer.status / 100)}xx`;
      return answer;
    } finally {
      metrics?.observe(provider, outcome, performance.now() - startedAt);
    }
  };
}

const bucketsS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** How the outside answers: by provider and class of status, `none` for no answer at all. */
export function outboundMetrics(registry: Registry): OutboundMetrics {
  const labelNames = ["provider", "outcome"] as const;
  const registers = [registry];
  const calls = new Counter({ name: "outbound_calls_total", help: "Calls to the outside.", labelNames, registers });
  const seconds = new Histogram({
    name: "outbound_call_duration_seconds",
    help: "Time of a call to the outside, until its last byte or its failure.",
    labelNames,
    buckets: bucketsS,
    registers,
  });
  return {
    observe: (provider, outcome, ms) => {
      calls.inc({ provider, outcome });
      seconds.observe({ provider, outcome }, ms / 1000);
    },
  };
}
