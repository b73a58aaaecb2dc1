/**
 * Two calendar days as a reader of the language writes a range: "Tue, Nov 24 – Fri, Nov 27", "11월 24일 (화) ~ 27일
 * (금)".
 */
export function dateRange(from: string, to: string, locale: string): string {
  // Days, not instants: they must not move with the reader's clock.
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" });
  const first = new Date(`${from}T00:00:00Z`);
  if (from === to) return format.format(first);
  // Servers and browsers put different spaces around the dash; a page that both draw must say the same.
  return format.formatRange(first, new Date(`${to}T00:00:00Z`)).replaceAll(/\s/g, " ");
}
