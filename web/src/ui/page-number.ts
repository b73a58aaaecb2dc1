/** The API's offsets end there. */
const pageMax = 10_000;

/** The page that an address asks for, from 1; whatever makes no sense there is the first. */
export function pageNumber(asked: string | readonly string[] | null | undefined): number {
  const page = Number(asked);
  return Number.isSafeInteger(page) && page >= 1 && page <= pageMax ? page : 1;
}
