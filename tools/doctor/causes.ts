/** What each thing that can be stuck means, what happens to it next by itself, and what a person can do. */

/** `person`: nothing more happens without one. `trying`: somebody is at it. `waiting`: it waits for its time. */
export type Level = "person" | "trying" | "waiting";

export type Cause = {
  readonly level: Level;
  /** What it is, in a few words. */
  readonly what: string;
  /** The sweep that goes on with it, and how often it looks; null where none does. */
  readonly sweep: { readonly name: string; readonly everyMs: number } | null;
  /** What that does, after "then" or "in 4 min"; or what does not happen. */
  readonly next: string;
  /** What a person can do. */
  readonly advice: string;
};

const reconcile = { name: "checkout.reconcile_payments", everyMs: 500 };
const expire = { name: "checkout.expire_sessions", everyMs: 2_000 };
const refundsDue = { name: "order.refunds_due", everyMs: 10_000 };
const refundsAgain = { name: "order.refunds_again", everyMs: 10_000 };
const dueEvents = { name: "webhook.due_events", everyMs: 5_000 };
const sendMails = { name: "notify.send_mails", everyMs: 500 };
const byNobody = "nothing: no sweep looks for it, because no commit of ours leaves it like this";

export const causes = {
  payment_unanswered: {
    level: "trying",
    what: "payment without an answer",
    sweep: reconcile,
    next: "asks the provider what became of it",
    advice: "nothing yet: the shopper is told not to pay again. Is the provider reachable (its status page)?",
  },
  payment_unanswered_long: {
    level: "person",
    what: "payment without an answer for more than an hour",
    sweep: reconcile,
    next: "asks the provider what became of it",
    advice:
      "find it in the provider's dashboard by its metadata payment_id; if it succeeded there, send its event again",
  },
  payment_unasked: {
    level: "person",
    what: "payment that nobody asks about",
    sweep: null,
    next: byNobody,
    advice: "find it in the provider's dashboard by its metadata payment_id, and send its newest event again",
  },
  payment_waits_for_deposit: {
    level: "waiting",
    what: "payment that waits for a bank transfer",
    sweep: reconcile,
    next: "asks Toss, and closes the account once its day is over",
    advice: "nothing",
  },
  deposit_reverted: {
    level: "person",
    what: "bank transfer that the bank has taken back",
    sweep: { name: "checkout.missing_deposits", everyMs: 60_000 },
    next: "asks Toss whether it is there again, and goes on then; until then what has not been ordered waits, and files are closed",
    advice: "see to what was ordered already; if it never comes, cancel what waits",
  },
  payment_waits_for_owner: {
    level: "waiting",
    what: "payment that waits for the card's owner",
    sweep: expire,
    next: "ends the session if nobody has answered the bank by then, and the payment is called off",
    advice: "nothing",
  },
  payment_to_call_off: {
    level: "trying",
    what: "payment of an ended session, not called off",
    sweep: { name: "checkout.cancel_payments", everyMs: 60_000 },
    next: "cancels it at the provider; a success is honoured or given back",
    advice: "nothing, unless it stays: then cancel the intent in the provider's dashboard",
  },
  refund_open: {
    level: "trying",
    what: "refund not confirmed",
    sweep: refundsDue,
    next: "asks the provider again, under the same key",
    advice: "nothing yet",
  },
  refund_pending: {
    level: "waiting",
    what: "refund on its way at the provider",
    sweep: refundsDue,
    next: "asks how it stands",
    advice: "nothing: banks take days",
  },
  refund_unanswered: {
    level: "person",
    what: "refund without an answer for so long that asking again could pay twice",
    sweep: null,
    next: "nothing: its key may be forgotten at the provider",
    advice: "look in the provider's dashboard whether it was made; send its event again, or refund there by hand",
  },
  refund_account_needed: {
    level: "waiting",
    what: "refund that waits for its owner's bank account",
    sweep: null,
    next: "has been asked for by mail and on the order's page; asked once more after three days",
    advice: "nothing; or enter it for them: PUT /api/v1/admin/checkouts/:sessionId/refund-account",
  },
  refund_account_missing: {
    level: "person",
    what: "refund whose owner has not named a bank account for a week",
    sweep: null,
    next: "nothing: they were asked twice",
    advice: "ask them yourself, and enter it: PUT /api/v1/admin/checkouts/:sessionId/refund-account",
  },
  refund_disputed: {
    level: "waiting",
    what: "refund of a charge that a bank has taken back",
    sweep: refundsAgain,
    next: "is asked for again once the bank has decided for us; where it decides against us, it has paid the shopper back itself",
    advice: "nothing, but the dispute's evidence: it is at /ops/money",
  },
  refund_failed: {
    level: "person",
    what: "refund that the provider refused",
    sweep: null,
    next: "nothing: the same again would be refused again",
    advice: "POST /api/v1/admin/orders/:orderNumber/refund makes another one; or pay the shopper back another way",
  },
  session_overdue: {
    level: "trying",
    what: "session past its time",
    sweep: expire,
    next: "ends it and gives its stock back",
    advice: "nothing, unless it stays: then read the worker's log for sweep.failed",
  },
  paid_without_orders: {
    level: "person",
    what: "paid session without an order",
    sweep: null,
    next: byNobody,
    advice: "run npm run invariants (O1); refund the payment in the provider's dashboard, its event closes it here",
  },
  session_not_ended: {
    level: "person",
    what: "session that should have ended with its orders",
    sweep: null,
    next: byNobody,
    advice: "run npm run invariants (O4); no money or goods hang on it",
  },
  order_without_placement: {
    level: "person",
    what: "paid order in nobody's line",
    sweep: null,
    next: byNobody,
    advice: "run npm run invariants (O4); refund it: POST /api/v1/admin/orders/:orderNumber/refund",
  },
  placement_unclaimed: {
    level: "trying",
    what: "order that no worker takes",
    sweep: { name: "placement.unstick", everyMs: 5_000 },
    next: "hands it to the next tier or to a person, a quarter of an hour after its time",
    advice: "are enough workers running? each takes 64 orders at once",
  },
  attempt_overdue: {
    level: "trying",
    what: "attempt at a store whose worker is gone",
    sweep: { name: "placement.abandon_overdue", everyMs: 1_000 },
    next: "takes it for unknown and has the store asked whether it has the order",
    advice: "nothing",
  },
  attempt_unknown: {
    level: "trying",
    what: "order of which it is not known whether the store has it",
    sweep: { name: "placement.look_up", everyMs: 500 },
    next: "asks the store; after an hour a person finds out",
    advice: "nothing yet: ordering again could order twice",
  },
  cancel_overdue: {
    level: "trying",
    what: "order that its store should take back",
    sweep: { name: "placement.cancel", everyMs: 15_000 },
    next: "asks the store again; after some tries a person does",
    advice: "nothing yet",
  },
  task_overdue: {
    level: "person",
    what: "work at the manual desk past its deadline",
    sweep: null,
    next: "nothing: it is a person's",
    advice: "GET /api/v1/admin/manual-orders/:orderNumber/instructions says what to do",
  },
  reservation_of_payment: {
    level: "waiting",
    what: "stock held for a payment",
    sweep: reconcile,
    next: "asks the provider; the outcome sells the stock or gives it back",
    advice: "nothing",
  },
  reservation_leaked: {
    level: "person",
    what: "stock that nobody gives back",
    sweep: null,
    next: "nothing, if its session has ended",
    advice: "run npm run invariants (S2); select inventory.release_1('<session>', 'expired') gives it back",
  },
  tier_sick: {
    level: "trying",
    what: "store whose machines rest",
    sweep: null,
    next: "a few orders are sent to see; until then they go to the next tier, in the end to people",
    advice: "does the store answer? GET /api/v1/admin/stores/:storeId says why; POST …/resume tries at once",
  },
  tier_paused: {
    level: "waiting",
    what: "store that an operator paused",
    sweep: null,
    next: "machines order there again; without a time, not before somebody resumes it",
    advice: "POST /api/v1/admin/stores/:storeId/resume, when it may go on",
  },
  refund_without_second: {
    level: "person",
    what: "refund that waits for a second person",
    sweep: null,
    next: "nothing: somebody who did not ask for it approves or declines",
    advice: "GET /api/v1/admin/refund-approvals lists them",
  },
  event_open: {
    level: "trying",
    what: "event not worked",
    sweep: dueEvents,
    next: "works it again, ever later",
    advice: "nothing yet: often what it speaks of comes a little later",
  },
  event_failing: {
    level: "person",
    what: "event that fails again and again",
    sweep: dueEvents,
    next: "works it again, ever later",
    advice: "GET /api/v1/admin/webhook-events shows it; mend its cause, then POST …/replay",
  },
  job_failing: {
    level: "trying",
    what: "job that failed",
    sweep: null,
    next: "the queue tries it again",
    advice: "nothing yet; its lines in the log have the same jobId",
  },
  job_given_up: {
    level: "trying",
    what: "job that was given up",
    sweep: null,
    next: "the queue does nothing more; the sweep of its kind does its work from the tables",
    advice: "read its error; select graphile_worker.complete_jobs(array[<id>]) removes it once its work is done",
  },
  job_untaken: {
    level: "trying",
    what: "job that nobody takes",
    sweep: null,
    next: "the next worker that is free takes it",
    advice: "are enough workers running? each works 8 jobs at once",
  },
  job_locked_by_dead: {
    level: "trying",
    what: "job whose worker is gone",
    sweep: { name: "jobs.dead_workers", everyMs: 1_000 },
    next: "gives it back to the queue",
    advice: "nothing",
  },
  key_held: {
    level: "waiting",
    what: "idempotency key whose call died",
    sweep: null,
    next: "the next repeat goes on; it is forgotten after a day",
    advice: "nothing",
  },
  mail_waiting: {
    level: "trying",
    what: "mail not sent",
    sweep: sendMails,
    next: "sends it again, under the same Message-ID",
    advice: "does the mail server answer? SMTP_URL",
  },
  mail_failing: {
    level: "person",
    what: "mail that cannot be sent",
    sweep: sendMails,
    next: "sends it again, until it is too late for it",
    advice: "does the mail server answer, and take our mail? SMTP_URL",
  },
  mail_failed: {
    level: "person",
    what: "mail that nobody got",
    sweep: null,
    next: "nothing: it was given up",
    advice: "see its error; the shopper sees the same on the order's page",
  },
  news_unread: {
    level: "trying",
    what: "news that no mail was written for yet",
    sweep: { name: "notify.read_news", everyMs: 500 },
    next: "reads it and writes the mails that are due",
    advice: "nothing, unless it stays: then read the worker's log for sweep.failed",
  },
} as const satisfies Readonly<Record<string, Cause>>;

export type CauseName = keyof typeof causes;

export function isCause(name: string): name is CauseName {
  return Object.hasOwn(causes, name);
}
