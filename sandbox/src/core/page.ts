import { escapeHtml } from "#core/escape-html.ts";
import { drawWebShopSwitches } from "#core/web-shop-switches.ts";
import type { World } from "#core/world.ts";

/** The plain page at `/`: what is here, switches for common faults, what happened lately. */
export function drawPage(world: World): string {
  const records = world.records.list({ since: Math.max(0, lastSeq(world) - 30) }).toReversed();
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The sandbox</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; background: #fafaf8 }
  h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem } code, pre, td { font-family: ui-monospace, monospace; font-size: 13px }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #e3e3dd; vertical-align: top; overflow-wrap: anywhere }
  button { font: inherit; padding: .3rem .8rem; margin: .2rem; border: 1px solid #b9c0c7; border-radius: .4rem; background: #fff; cursor: pointer }
  button:hover { background: #eef3f7 } pre { background: #fff; border: 1px solid #e3e3dd; padding: .8rem; border-radius: .4rem; overflow: auto }
</style>
<main>
<h1>The outside world, on this machine</h1>
<p>A payment provider at <code>/v1</code>, retailers at <a href="/directory"><code>/directory</code></a>, carriers at <code>/carriers</code>,
an inbox at <a href="/mail"><code>/mail</code></a>, card fields to try at <a href="/stripe-js/try"><code>/stripe-js/try</code></a>.
Events go to <code>${escapeHtml(world.appUrl)}</code>; ${world.webhooks.countPending()} wait to be delivered.
<a href="/records">records</a> · <a href="/records/summary">summary</a> · <a href="/webhook-targets">webhook targets</a></p>
<h2>Faults</h2>
<p>${switches.map((entry, index) => `<button data-switch="${index}">${escapeHtml(entry.label)}</button>`).join("")}
<button data-clear>All off</button></p>
${drawWebShopSwitches()}
<pre>${escapeHtml(JSON.stringify(world.faults.plan(), null, 2))}</pre>
<h2>What happened lately</h2>
<table><tr><th>#</th><th>at</th><th>part</th><th>kind</th><th>key</th><th>data</th></tr>
${records.map(drawRecord).join("\n")}</table>
</main>
<script>
  const switches = ${JSON.stringify(switches.map((entry) => entry.rule)).replaceAll("<", "\\u003c")};
  const send = async (method, body) => {
    await fetch("/faults", { method, headers: body ? { "content-type": "application/json" } : {}, body: body && JSON.stringify(body) });
    location.reload();
  };
  for (const button of document.querySelectorAll("[data-switch]")) button.onclick = async () => {
    const plan = await (await fetch("/faults")).json();
    await send("PUT", { seed: plan.seed, rules: [...plan.rules, switches[Number(button.dataset.switch)]] });
  };
  document.querySelector("[data-clear]").onclick = () => send("DELETE");
</script></html>`;
}

const switches = [
  {
    label: "Payments: decline the next card",
    rule: { part: "stripe", endpoint: "*", kind: "decline", value: "insufficient_funds", times: 1 },
  },
  {
    label: "Payments: lose the next answer after acting",
    rule: { part: "stripe", endpoint: "payment_intents.create", kind: "drop_after", times: 1 },
  },
  {
    label: "Won: the card company refuses the next payment",
    rule: { part: "toss", endpoint: "payments.confirm", kind: "decline", value: "REJECT_CARD_PAYMENT", times: 1 },
  },
  {
    label: "Won: lose the next answer after acting",
    rule: { part: "toss", endpoint: "payments.confirm", kind: "drop_after", times: 1 },
  },
  { label: "Payments: 2 s slower", rule: { part: "stripe", endpoint: "*", kind: "latency", latencyMs: 2000 } },
  { label: "Payments: one in five answers 500", rule: { part: "stripe", endpoint: "*", kind: "error", rate: 0.2 } },
  { label: "Everything: 429", rule: { part: "*", endpoint: "*", kind: "429", times: 5 } },
  { label: "Webhooks: twice", rule: { part: "webhooks", endpoint: "*", kind: "webhook_duplicate" } },
  { label: "Webhooks: 10 s late", rule: { part: "webhooks", endpoint: "*", kind: "webhook_late", latencyMs: 10_000 } },
  { label: "Webhooks: out of order", rule: { part: "webhooks", endpoint: "*", kind: "webhook_reorder", rate: 0.5 } },
  { label: "Webhooks: lost", rule: { part: "webhooks", endpoint: "*", kind: "webhook_drop" } },
  { label: "Stores: out of stock", rule: { part: "*", endpoint: "*", kind: "out_of_stock", times: 1 } },
  { label: "Stores: prices drift by 10 %", rule: { part: "*", endpoint: "*", kind: "price_drift", value: 10 } },
  {
    label: "Stores: accept, then never answer",
    rule: { part: "*", endpoint: "*", kind: "accept_then_timeout", times: 1 },
  },
  { label: "Card fields: do not load", rule: { part: "stripe-js", endpoint: "*", kind: "error", times: 1 } },
  { label: "Card fields: 5 s slower", rule: { part: "stripe-js", endpoint: "*", kind: "latency", latencyMs: 5000 } },
  { label: "Mail: not now (451)", rule: { part: "mail", endpoint: "deliver", kind: "temporary_refusal", times: 1 } },
  { label: "Mail: never (550)", rule: { part: "mail", endpoint: "deliver", kind: "permanent_refusal", times: 1 } },
  {
    label: "Mail: nobody of this name (550)",
    rule: { part: "mail", endpoint: "rcpt", kind: "permanent_refusal", times: 1 },
  },
  { label: "Mail: strangers must come again", rule: { part: "mail", endpoint: "rcpt", kind: "greylist" } },
  { label: "Mail: 5 s slower", rule: { part: "mail", endpoint: "deliver", kind: "latency", latencyMs: 5000 } },
  {
    label: "Mail: hang up before taking it",
    rule: { part: "mail", endpoint: "deliver", kind: "drop_before", times: 1 },
  },
  { label: "Mail: take it, then hang up", rule: { part: "mail", endpoint: "deliver", kind: "drop_after", times: 1 } },
] as const;

function drawRecord(record: ReturnType<World["records"]["list"]>[number]): string {
  const cells = [record.seq, record.at, record.part, record.kind, record.key, JSON.stringify(record.data)];
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(String(cell))}</td>`).join("")}</tr>`;
}

function lastSeq(world: World): number {
  return Number(world.db.prepare("select max(seq) as seq from record").get()?.["seq"] ?? 0);
}
