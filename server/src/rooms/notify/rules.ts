import type { Backoff } from "#kernel/backoff.ts";

/** How long the first mail waits for the stores' answers; the database's notify.patience_1() says the same. */
export const patienceS = 20;

/**
 * How often one person of the house is written to at most; the database's notify.alert_mail_every_1() says the same.
 */
export const alertEveryS = 600;

/** What happens together is told together; the database's notify.alert_gather_1() says the same. */
export const alertGatherS = 10;

/**
 * How long a mail is ours once claimed. Far above what an attempt may take (`deadlineMs`), so that no two workers send
 * one mail at once; a worker that dies leaves its mails for so long.
 */
export const leaseS = 90;

/** The whole of one attempt, connection and all. Servers that look at a mail before they take it need seconds. */
export const deadlineMs = 40_000;

/** Mails sent at once by one worker: as many connections as its pool has. */
export const connectionsMax = 5;

/** Mails claimed in one round: each is sent well within its lease, even when every one before it takes long. */
export const claimMax = 10;

/** Between tries: some seconds at first, in the end half an hour, until `give_up_at` (a day). */
export const betweenTries: Backoff = { baseMs: 5_000, maxMs: 1_800_000 };

/** How long a link that somebody asked for is good for. */
export const signInLinkS = 15 * 60;
export const orderLinkS = 24 * 3_600;

/** What came of one attempt to send. */
export type Sent =
  | { readonly kind: "sent" }
  /** Not now: the server is away, busy, or not set up as it should be. */
  | { readonly kind: "later"; readonly error: string }
  /** It may have been taken. It goes again under the same Message-ID. */
  | { readonly kind: "unknown"; readonly error: string }
  /** Never: the server will not have this mail, or not for this address. */
  | { readonly kind: "refused"; readonly error: string };
