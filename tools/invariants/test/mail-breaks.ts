/** Deliberate breaches of what is promised about mail. */
import type { Outside } from "../outside.ts";
import type { World } from "./sound-world.ts";

type MailBreak = {
  readonly sql?: (world: World) => readonly string[];
  readonly outside?: (outside: Outside, world: World) => Outside;
};

const ago = "now() - interval '10 minutes'";

export const mailBreaks: Readonly<Record<string, MailBreak>> = {
  w2ConfirmationWritten: {
    sql: ({ mixed }) => [
      `delete from notify.mail where dedupe_key = 'order_placed:${mixed.sessionId}'`,
      `update checkout.session set paid_at = ${ago}, updated_at = ${ago} where session_id = '${mixed.sessionId}'`,
    ],
    outside: (all) => ({ ...all, mails: [] }),
  },
  w2EndsWritten: {
    sql: ({ refused }) => {
      const order = Object.values(refused.orders)[0];
      return [
        `delete from notify.mail where dedupe_key = 'order_ended:${order}'`,
        `update orders.order_status_history set at = ${ago} where order_number = '${order}'`,
      ];
    },
    outside: (all) => ({ ...all, mails: [] }),
  },
  w2FactsFirst: {
    sql: ({ mixed, placedOrder }) => [
      `insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, locale)
       values ('msg_early', 'delivered', 'delivered:${placedOrder}', '${mixed.sessionId}', '${placedOrder}', 'en')`,
    ],
  },
  w2MailsOnce: {
    sql: ({ mixed }) => [
      "alter table notify.mail drop constraint mail_dedupe_key_key",
      `insert into notify.mail (mail_id, kind, dedupe_key, session_id, locale)
       values ('msg_twin', 'order_placed', 'order_placed:${mixed.sessionId}', '${mixed.sessionId}', 'en')`,
    ],
  },
  w2MailsMove: {
    sql: () => [
      `insert into notify.mail (mail_id, kind, dedupe_key, recipient, locale, try_at)
       values ('msg_stuck', 'order_link', 'link:msg_stuck', 'ada@shopper.test', 'en', ${ago})`,
    ],
  },
  w2MailsTaken: {
    sql: ({ mixed }) => [`update notify.mail set sent_at = ${ago} where session_id = '${mixed.sessionId}'`],
    outside: (all) => ({ ...all, mails: [] }),
  },
  w2PayoutsWritten: {
    sql: ({ payoutId }) => [`delete from notify.mail where dedupe_key = 'payout_paid:${payoutId}'`],
    outside: (all) => ({ ...all, mails: [] }),
  },
  w2AlertsWritten: {
    sql: () => [
      "insert into store.health_event (store_id, position, method, kind) select store_id, 1, 'api', 'sick' from store.store limit 1",
    ],
  },
  w2AlertsTold: {
    sql: () => [
      `insert into account."user" (id, name, email, role, created_at) values ('acc_forgotten', 'Kim', 'kim@muse.test', 'ops', now() - interval '1 day')`,
      `insert into notify.alert (kind, dedupe_key, at, store_id) select 'tier_well', 'health:0', now() - interval '1 hour', store_id
       from store.store limit 1`,
    ],
  },
  w2MailsKnown: {
    outside: (all) => ({
      ...all,
      mails: [
        ...all.mails,
        {
          seq: 1,
          at: new Date().toISOString(),
          part: "mail",
          kind: "message",
          data: { messageId: "<msg_0123@muse.test>" },
        },
      ],
    }),
  },
};
