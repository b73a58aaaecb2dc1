/** What really happened outside, as the sandbox recorded it. */

export type OutsideRecord = {
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** "stripe", or a store's id. */
  readonly part: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type Outside = {
  readonly charges: readonly OutsideRecord[];
  /** Made ones, and those the provider took back. */
  readonly refunds: readonly OutsideRecord[];
  /** Accepted ones, and those cancelled afterwards. */
  readonly storeOrders: readonly OutsideRecord[];
  /** What the mail server took. */
  readonly mails: readonly OutsideRecord[];
  /** What stores' credentials hold that nobody may read. */
  readonly secrets: readonly string[];
};

/** A sandbox that cannot be asked, worded for the person who named it. */
export class OutsideError extends Error {
  override readonly name = "OutsideError";
}

/** Large pages: a benchmark leaves some hundred thousand records. */
const pageMax = 10_000;

export async function readOutside(sandboxUrl: string): Promise<Outside> {
  const records = async (...kinds: string[]): Promise<OutsideRecord[]> =>
    (await Promise.all(kinds.map((kind) => readRecords(sandboxUrl, kind)))).flat();
  return {
    charges: await records("charge"),
    refunds: await records("refund", "refund_failed"),
    storeOrders: await records("order", "order_cancelled"),
    mails: await records("message"),
    secrets: await readSecrets(sandboxUrl),
  };
}

async function readRecords(sandboxUrl: string, kind: string): Promise<OutsideRecord[]> {
  const all: OutsideRecord[] = [];
  for (;;) {
    const since = all.at(-1)?.seq ?? 0;
    const page = await ask(sandboxUrl, `/records?kind=${kind}&since=${since}&limit=${pageMax}`);
    const { records } = page as { readonly records: readonly OutsideRecord[] };
    all.push(...records);
    if (records.length < pageMax) return all;
  }
}

async function readSecrets(sandboxUrl: string): Promise<string[]> {
  const { stores } = (await ask(sandboxUrl, "/directory")) as {
    readonly stores: readonly {
      readonly webhookSecret: string;
      readonly credentials: Readonly<Record<string, string>>;
    }[];
  };
  return stores.flatMap(({ webhookSecret, credentials }) => [
    webhookSecret,
    ...Object.entries(credentials).flatMap(([field, value]) =>
      /secret|key|token|password/i.test(field) ? [value] : [],
    ),
  ]);
}

async function ask(sandboxUrl: string, path: string): Promise<unknown> {
  try {
    const answer = await fetch(new URL(path, sandboxUrl), { signal: AbortSignal.timeout(30_000) });
    if (!answer.ok) throw new OutsideError(`the sandbox at ${sandboxUrl} answered ${answer.status} to ${path}`);
    return await answer.json();
  } catch (error) {
    if (error instanceof OutsideError) throw error;
    throw new OutsideError(`the sandbox at ${sandboxUrl} does not answer`, { cause: error });
  }
}
