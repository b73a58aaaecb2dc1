/** Anything that answers a statement. */
export type Reader = { readonly query: (text: string) => Promise<{ readonly rows: readonly unknown[] }> };

/** Work that is still on its way, by what it is. */
const unfinishedText = `
  select
    (select count(*) from checkout.session s where s.status = 'processing') as "sessions in payment or placement",
    (select count(*) from checkout.session s where s.status = 'pending' and s.expires_at <= now() + interval '5 s') as "sessions about to end",
    (select count(*) from payment.payment p where p.status in ('started', 'unknown')) as "payments without an answer",
    (select count(*) from payment.payment p join checkout.session s using (session_id)
      where p.status = 'requires_action' and s.status in ('expired', 'cancelled')) as "challenges of ended sessions",
    (select count(*) from payment.refund r where r.status in ('created', 'unknown', 'pending')) as "refunds without an answer",
    (select count(*) from orders.refund_to_repeat) as "refunds to be asked for again",
    (select count(*) from placement.placement p where p.status in ('waiting', 'running', 'unknown')) as "placements under way",
    (select count(*) from placement.placement p where p.cancel_at is not null) as "cancellations under way",
    (select count(*) from shipment.shipment s where s.status <> 'delivered') as "parcels under way",
    (select count(*) from notify.news n where n.look_at <= now() + interval '30 s') as "news not read",
    (select count(*) from notify.mail m where m.status = 'sending' or m.try_at <= now() + interval '30 s') as "letters under way",
    (select count(*) from notify.alert_reader r join notify.alert a on a.at >= r.since and a.at > now() - interval '20 hours'
      and a.at < now() + interval '30 s' - notify.alert_gather_1()
      where not exists (select from notify.alert_told t where t.account_id = r.account_id and t.alert_id = a.alert_id)
        and not exists (select from notify.mail m where m.kind = 'ops_alerts' and m.account_id = r.account_id
          and m.created_at > now() + interval '30 s' - notify.alert_mail_every_1())) as "alerts not told",
    (select count(*) from webhook.inbox i where i.processed_at is null) as "events not worked",
    (select count(*) from graphile_worker.jobs j where j.attempts < j.max_attempts or j.locked_at is not null) as "jobs"`;

/** @returns what is still on its way, in words; empty: nothing */
export async function unfinished(database: Reader): Promise<string[]> {
  const { rows } = await database.query(unfinishedText);
  const [counts = {}] = rows as readonly Record<string, string>[];
  return Object.entries(counts)
    .filter(([, count]) => count !== "0")
    .map(([what, count]) => `${count} ${what}`);
}
