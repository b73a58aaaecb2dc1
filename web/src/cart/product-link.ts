/** As long as an address may be that the API takes. */
export const linkLengthMax = 2000;

/**
 * The address of a page that somebody pasted: as it stands, or without its beginning, as browsers show it. Null for
 * words.
 */
export function productLink(text: string): string | null {
  const typed = text.trim();
  const link = /^https?:\/\//i.test(typed)
    ? typed
    : /^(www\.)?[\w-]+(\.[\w-]+)+\/\S+$/.test(typed)
      ? `https://${typed}`
      : "";
  if (/\s/.test(link) || link.length > linkLengthMax || !URL.canParse(link)) return null;
  return link;
}
