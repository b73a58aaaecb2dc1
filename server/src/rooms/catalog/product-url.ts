/** Added to a page's address by whoever linked to it; the page is the same without. */
const trackingParams = /^(utm_.*|gclid|gbraid|wbraid|fbclid|msclkid|mc_cid|mc_eid|igshid|ref|ref_)$/i;

/**
 * A product page's address without what does not name the page: fragment, tracking parameters, the host's capitals, a
 * default port. The order of the other parameters does not matter either.
 *
 * @returns null for what is no http(s) address
 */
export function normaliseProductUrl(raw: string): string | null {
  const url = URL.parse(raw.trim());
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  url.hash = "";
  url.username = "";
  url.password = "";
  for (const name of new Set(url.searchParams.keys())) if (trackingParams.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  return url.href;
}

/**
 * The forms under which a page may lie in the catalogue: with and without a slash at the end, http and https. Empty for
 * what is no page's address.
 */
export function productUrlForms(raw: string): string[] {
  const normal = normaliseProductUrl(raw);
  if (normal === null) return [];
  const url = new URL(normal);
  const bare = url.pathname.replace(/\/+$/, "");
  const paths = bare === "" ? ["/"] : [bare, `${bare}/`];
  return ["https:", "http:"].flatMap((protocol) =>
    paths.map((path) => {
      const form = new URL(url);
      form.protocol = protocol;
      form.pathname = path;
      return form.href;
    }),
  );
}
