/**
 * The outside world as the browser tests move it: faults for one person's orders alone, the mail they got, the
 * clock.
 */
import pg from "pg";
import { openSandbox, type Fault } from "../faults/sandbox.ts";
import { sharedSystem } from "./global-setup.ts";

type Mail = { readonly id: string; readonly subject: string; readonly to: readonly string[] };

const waitMsMax = 60_000;

/** Sets faults beside those of others for the time of the work; each should name whom it meets by `match`. */
export async function underFaults<Done>(faults: readonly Fault[], work: () => Promise<Done>): Promise<Done> {
  const sandbox = openSandbox(sharedSystem().sandboxUrl);
  await sandbox.setFaults([...faults, ...(await sandbox.faults())]);
  try {
    return await work();
  } finally {
    const matches = new Set(faults.map(({ match }) => match));
    await sandbox.setFaults((await sandbox.faults()).filter(({ match }) => !matches.has(match)));
  }
}

/** The amounts that were really charged for a session, in minor units. */
export async function chargesOf(sessionId: string): Promise<number[]> {
  const { sandboxUrl } = sharedSystem();
  const answer = await fetch(new URL("/records?part=stripe&kind=charge&limit=1000", sandboxUrl));
  const { records } = (await answer.json()) as { records: { data: { amount: number; metadata: object } }[] };
  return records.filter(({ data }) => JSON.stringify(data.metadata).includes(sessionId)).map(({ data }) => data.amount);
}

/** One statement on the shop's own database: what would take half an hour, or a store's change of mind. */
export async function inDatabase<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: sharedSystem().databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** A session's half hour is over so many seconds from now. */
export async function endSession(sessionId: string, inSeconds: number): Promise<void> {
  const sql = "update checkout.session set expires_at = now() + make_interval(secs => $2) where session_id = $1";
  await inDatabase(sql, [sessionId, inSeconds]);
}

/** The text of the first letter to this person whose subject reads so; waits for it. */
export async function letterTo(
  email: string,
  subject: RegExp,
): Promise<{ text: string; html: string; links: string[] }> {
  const { sandboxUrl } = sharedSystem();
  const read = async (path: string): Promise<unknown> => await (await fetch(new URL(path, sandboxUrl))).json();
  const deadlineMs = performance.now() + waitMsMax;
  let seen: readonly Mail[] = [];
  while (performance.now() < deadlineMs) {
    seen = ((await read(`/mail/messages?to=${encodeURIComponent(email)}`)) as { messages: Mail[] }).messages;
    const found = seen.find((mail) => subject.test(mail.subject));
    if (found !== undefined) {
      const whole = (await read(`/mail/messages/${found.id}`)) as { message?: unknown };
      return (whole.message ?? whole) as { text: string; html: string; links: string[] };
    }
    await new Promise((settle) => setTimeout(settle, 500));
  }
  throw new Error(
    `no letter like ${subject} for ${email}; there were: ${seen.map((mail) => mail.subject).join(" | ")}`,
  );
}
