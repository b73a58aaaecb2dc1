/**
 * Just enough of PostgreSQL's protocol to know where one message to the server ends and what came back for it.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html: a type, then a length that counts itself;
 * only the first message of a connection has no type.
 */

/** What a client sent up to a point where it waits: bytes that go to the server together or not at all. */
export type Batch = {
  readonly bytes: Buffer;
  /** The statement's name, or its first words. Null: no statement (a greeting, a password, a goodbye). */
  readonly statement: string | null;
};

/** What the server said to one statement. */
export type Reply = {
  /** It found nothing and changed nothing: a look that need not be told apart from the next one. */
  readonly isIdle: boolean;
};

/** A plain statement has no name; so much of it tells which one it is. */
const wordsMax = 60;

/**
 * Sync and Query end a statement; the others are sent on at once, as something waits for them. The greeting has no
 * type.
 */
const statementEnds = ["S", "Q"];
const otherEnds = ["", "p", "X", "H", "d", "c", "f"];

/** Cuts a client's bytes into batches. */
export function batchReader(onBatch: (batch: Batch) => void): (chunk: Buffer) => void {
  let batch: Buffer[] = [];
  let statement = "";
  const flush = (name: string | null): void => {
    const bytes = Buffer.concat(batch);
    batch = [];
    statement = "";
    onBatch({ bytes, statement: name });
  };
  return messageReader(true, (type, message) => {
    batch.push(message);
    const said = sayingOf(type, message);
    if (said !== undefined) statement = said;
    if (statementEnds.includes(type)) flush(statement);
    else if (otherEnds.includes(type)) flush(null);
  });
}

function sayingOf(type: string, message: Buffer): string | undefined {
  if (type === "Q") return firstWords(textAt(message, 5));
  // Parse: the statement's name, then its text. Bind: the portal's name, then the statement's.
  if (type === "P") return textAt(message, 5) || firstWords(textAt(message, 6));
  if (type !== "B") return undefined;
  const name = textAt(message, 5 + Buffer.byteLength(textAt(message, 5)) + 1);
  return name === "" ? undefined : name;
}

function firstWords(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, wordsMax);
}

function textAt(bytes: Buffer, start: number): string {
  return bytes.toString("utf8", start, Math.max(start, bytes.indexOf(0, start)));
}

/** Cuts a server's bytes into messages, and says at each ReadyForQuery what came for the statement before it. */
export function replyReader(onMessage: (message: Buffer, reply: Reply | null) => void): (chunk: Buffer) => void {
  let rows: boolean[] = [];
  let tag = "";
  return messageReader(false, (type, message) => {
    if (type === "D") rows.push(isEmptyRow(message));
    if (type === "C") tag = textAt(message, 5);
    if (type !== "Z") return onMessage(message, null);
    const isIdle = /^(SELECT|UPDATE|DELETE|INSERT \d+) \d+$/.test(tag) && rows.every(Boolean) && hasNothing(tag, rows);
    rows = [];
    tag = "";
    onMessage(message, { isIdle });
  });
}

function hasNothing(tag: string, rows: readonly boolean[]): boolean {
  return rows.length > 0 || tag.endsWith(" 0");
}

/**
 * A row of nothing but zeros and blanks, with at least one zero: "none done". A void function's blank row is no
 * such.
 */
function isEmptyRow(message: Buffer): boolean {
  let at = 7;
  let zeros = 0;
  for (let left = message.readInt16BE(5); left > 0; left -= 1) {
    const length = message.readInt32BE(at);
    at += 4;
    if (length <= 0) continue;
    if (length !== 1 || message[at] !== 0x30) return false;
    zeros += 1;
    at += length;
  }
  return zeros > 0;
}

function messageReader(
  hasGreeting: boolean,
  onMessage: (type: string, message: Buffer) => void,
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let isGreeted = !hasGreeting;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const typeLength = isGreeted ? 1 : 0;
      if (rest.length < typeLength + 4) return;
      const end = typeLength + rest.readInt32BE(typeLength);
      if (rest.length < end) return;
      const type = isGreeted ? String.fromCharCode(rest[0] ?? 0) : "";
      isGreeted = true;
      const message = rest.subarray(0, end);
      rest = rest.subarray(end);
      onMessage(type, message);
    }
  };
}
