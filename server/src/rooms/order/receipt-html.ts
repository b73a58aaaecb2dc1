import type { Receipt, ReceiptPart } from "./receipt.ts";

/** A receipt as a page of its own: no script, no foreign resource, every text escaped. */
export function receiptHtml(receipt: Receipt): string {
  const { words } = receipt;
  return `<!doctype html>
<html lang="${receipt.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${words.receipt} ${receipt.number}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Muse · ${escapeHtml(words.receipt)}</h1>
<dl>
<dt>${escapeHtml(words.number)}</dt><dd>${escapeHtml(receipt.number)}</dd>
<dt>${escapeHtml(words.date)}</dt><dd>${escapeHtml(receipt.date)}</dd>
<dt>${escapeHtml(words.buyer)}</dt><dd>${receipt.buyer.map(escapeHtml).join("<br>")}</dd>
</dl>
${receipt.parts.map((part) => partHtml(part, receipt)).join("\n")}
<p class="total"><span>${escapeHtml(words.paid)}</span> <strong>${escapeHtml(receipt.total)}</strong></p>
${receipt.refunded === null ? "" : `<p class="total"><span>${escapeHtml(words.refunded)}</span> <strong>${escapeHtml(receipt.refunded)}</strong></p>`}
</main>
</body>
</html>
`;
}

/** The headers that go with the page: nothing in it may run or load, whatever a product's title holds. */
export const receiptHtmlHeaders = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
} as const;

const style = `body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;margin:0}main{max-width:44rem;margin:2rem auto;padding:0 1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dd{margin:0}table{width:100%;border-collapse:collapse;margin:.5rem 0 1.5rem}
th,td{text-align:left;padding:.35rem .5rem .35rem 0;border-bottom:1px solid #ddd;vertical-align:top}th.n,td.n{text-align:right;white-space:nowrap}
tfoot td{border:0}.agreed{font-size:.8rem}.total{display:flex;justify-content:space-between;border-top:2px solid #1a1a1a;padding-top:.5rem}
@media print{main{margin:0;max-width:none}}`;

function partHtml(part: ReceiptPart, { words }: Receipt): string {
  const rows = part.lines.map(
    (line) =>
      `<tr><td>${escapeHtml(line.title)}</td><td class="n">${escapeHtml(line.quantity)}</td>` +
      `<td class="n">${escapeHtml(line.unitPrice)}</td><td class="n">${escapeHtml(line.total)}</td></tr>`,
  );
  const sums = part.sums.map(
    ({ label, amount }) =>
      `<tr><td colspan="3" class="n">${escapeHtml(label)}</td><td class="n">${escapeHtml(amount)}</td></tr>`,
  );
  return `<section>
<h2>${escapeHtml(part.storeName)}</h2>
<p>${escapeHtml(words.order)} ${escapeHtml(part.orderNumber)}${part.soldBy === null ? "" : ` · ${escapeHtml(part.soldBy)} · ${escapeHtml(words.merchant)}`}</p>
<table>
<thead><tr><th>${escapeHtml(words.item)}</th><th class="n">${escapeHtml(words.quantity)}</th><th class="n">${escapeHtml(words.unitPrice)}</th><th class="n">${escapeHtml(words.amount)}</th></tr></thead>
<tbody>${rows.join("")}</tbody>
<tfoot>${sums.join("")}</tfoot>
</table>${part.agreed === null ? "" : `\n<p class="agreed">${escapeHtml(part.agreed)}</p>`}
</section>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML text or as an attribute's value between quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
