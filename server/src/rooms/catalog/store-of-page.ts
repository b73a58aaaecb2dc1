/** Where one store's pages are: its front page, or the address that its web shop is ordered from. */
export type StoreAddress = { readonly storeId: string; readonly currency: string; readonly address: string };

/** The store that a page's address belongs to: same host and port, and below its path. The longest path wins. */
export function storeOfPage(addresses: readonly StoreAddress[], url: URL): StoreAddress | null {
  const fitting = addresses.flatMap((each) => {
    const home = URL.parse(each.address);
    return home !== null && isBelow(url, home) ? [{ each, length: home.pathname.length }] : [];
  });
  return fitting.toSorted((a, b) => b.length - a.length)[0]?.each ?? null;
}

/**
 * The address to read: over https where the store's own is, with which a name in front (`www.`) changes nothing.
 *
 * @returns null when it is none of this store's
 */
export function addressAtStore(url: URL, { address }: StoreAddress): URL | null {
  const home = URL.parse(address);
  if (home === null || !isBelow(url, home)) return null;
  const there = new URL(url);
  if (home.protocol === "https:") there.protocol = "https:";
  return there;
}

export function isOfStore(address: string, store: StoreAddress): boolean {
  const url = URL.parse(address);
  return url !== null && addressAtStore(url, store) !== null;
}

function isBelow(url: URL, home: URL): boolean {
  const folder = home.pathname.endsWith("/") ? home.pathname : `${home.pathname}/`;
  return hostOf(url) === hostOf(home) && `${url.pathname}/`.startsWith(folder);
}

/** A default port is none in either protocol; another one is part of the name. */
function hostOf({ hostname, port }: URL): string {
  return `${hostname.replace(/^www\./, "")}:${port}`;
}
