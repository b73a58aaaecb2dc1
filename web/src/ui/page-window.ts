/** The pages to offer: the first, the last, those around the current one, and null where some are left out. */
export function pageWindow(current: number, last: number): readonly (number | null)[] {
  const near = [1, current - 1, current, current + 1, last].filter((page) => page >= 1 && page <= last);
  const pages = [...new Set(near)].sort((a, b) => a - b);
  return pages.flatMap((page, index) => {
    const gap = page - (pages[index - 1] ?? page);
    // A gap of one page is that page: an ellipsis would take the same room and say less.
    return gap === 2 ? [page - 1, page] : gap > 2 ? [null, page] : [page];
  });
}
