import PostalMime, { type Email } from "postal-mime";

import type { World } from "#core/world.ts";
import { newLetterId } from "./letter-id.ts";

/** What came over SMTP. */
export type Envelope = { readonly from: string; readonly to: readonly string[] };

/** A message as lists show it. */
export type LetterSummary = {
  readonly id: string;
  readonly receivedAt: string;
  /** The envelope's: who really sent it, and to whom it really went. */
  readonly envelope: Envelope;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string | null;
  readonly sizeBytes: number;
};

export type Letter = LetterSummary & { readonly raw: Uint8Array };

export type LetterFilter = {
  /** Part of a recipient's address. */
  readonly to?: string | undefined;
  /** Part of the subject. */
  readonly subject?: string | undefined;
  readonly limit: number;
};

export type Letters = {
  /** Keeps a message and writes it into the records. Whatever is in it: a server does not judge. */
  accept(envelope: Envelope, raw: Uint8Array): Promise<LetterSummary>;
  /** Newest first. */
  list(filter: LetterFilter): readonly LetterSummary[];
  find(id: string): Letter | undefined;
  /** How many are gone now. */
  clear(): number;
  /** True the first time that this sender writes to this recipient, for the fault `greylist`. */
  isStranger(from: string, to: string): boolean;
};

export function openLetters(world: World): Letters {
  const { db } = world;
  db.exec(`
    create table if not exists mail_letter (
      seq integer primary key autoincrement, id text not null unique, to_lower text not null, subject_lower text not null,
      summary text not null, raw blob not null);
    create table if not exists mail_known (sender text not null, recipient text not null, primary key (sender, recipient)) without rowid;
  `);
  const insert = db.prepare(
    "insert into mail_letter (id, to_lower, subject_lower, summary, raw) values (?, ?, ?, ?, ?)",
  );
  const select = db.prepare(`select summary from mail_letter
    where (? is null or instr(to_lower, ?) > 0) and (? is null or instr(subject_lower, ?) > 0) order by seq desc limit ?`);
  const selectOne = db.prepare("select summary, raw from mail_letter where id = ?");
  const remove = db.prepare("delete from mail_letter");
  const know = db.prepare("insert into mail_known (sender, recipient) values (?, ?) on conflict do nothing");

  return {
    async accept(envelope, raw) {
      const summary = summaryOf(newLetterId(), new Date(world.now()), envelope, raw, await parseLetter(raw));
      world.atomically(() => {
        insert.run(
          summary.id,
          [...envelope.to, ...summary.to].join("\n").toLowerCase(),
          summary.subject.toLowerCase(),
          JSON.stringify(summary),
          raw,
        );
        const { messageId, subject } = summary;
        world.records.append("mail", "message", messageId ?? summary.id, {
          id: summary.id,
          messageId,
          ...envelope,
          subject,
        });
      });
      return summary;
    },
    list({ to, subject, limit }) {
      const toPart = to?.toLowerCase() ?? null;
      const subjectPart = subject?.toLowerCase() ?? null;
      return select.all(toPart, toPart, subjectPart, subjectPart, limit).map((row) => asSummary(row["summary"]));
    },
    find(id) {
      const row = selectOne.get(id);
      return row === undefined ? undefined : { ...asSummary(row["summary"]), raw: row["raw"] as Uint8Array };
    },
    clear: () => Number(remove.run().changes),
    isStranger: (from, to) => know.run(from, to).changes === 1,
  };
}

/** Never rejects: what cannot be read as a message is a message without anything in it. */
export async function parseLetter(raw: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(raw);
  } catch {
    return { headers: [], headerLines: [], attachments: [] };
  }
}

function summaryOf(id: string, at: Date, envelope: Envelope, raw: Uint8Array, email: Email): LetterSummary {
  const recipients = [...(email.to ?? []), ...(email.cc ?? [])];
  return {
    id,
    receivedAt: at.toISOString(),
    envelope,
    from: email.from === undefined ? envelope.from : addressText(email.from),
    to: recipients.length === 0 ? envelope.to : recipients.map(addressText),
    subject: email.subject ?? "",
    messageId: email.messageId ?? null,
    sizeBytes: raw.byteLength,
  };
}

function addressText(address: NonNullable<Email["from"]>): string {
  if (address.address === undefined) return `${address.name}: ${address.group.map(addressText).join(", ")};`;
  return address.name === "" ? address.address : `${address.name} <${address.address}>`;
}

function asSummary(value: unknown): LetterSummary {
  return JSON.parse(String(value)) as LetterSummary;
}
