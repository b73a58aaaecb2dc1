/** The desk's page of what an entry speaks of; null where there is none. */
export function subjectHref({ action, subject }: { readonly action: string; readonly subject: string }): string | null {
  if (/^MO-[0-9A-Z-]{4,40}$/.test(subject)) return `/ops/orders/${subject}`;
  if (/^cs_[0-9A-Za-z]+$/.test(subject)) return `/ops/orders?q=${subject}`;
  // Other accounts are those of the house, which have no page.
  if (/^acc_[0-9A-Za-z]{6,64}$/.test(subject))
    return /^(seller|payout)\./.test(action) ? `/ops/sellers/${subject}` : null;
  return /^[a-z0-9][a-z0-9_-]{1,63}$/.test(subject) ? `/ops/stores/${subject}` : null;
}
