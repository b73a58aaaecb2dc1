/** An address that may be opened: stored text that begins with another scheme than the web's is no link. */
export function webAddressOf(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
