/** Where to be after signing in, when nothing else was asked for. */
const accountHref = "/account";

/** The path to go on to. An address elsewhere would let a stranger's link lead a person who just signed in astray. */
export function wayBack(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/") || !URL.canParse(next, placeholder)) return accountHref;
  // Read as a browser reads it, which takes a backslash for a slash and drops tabs; what it makes of dots may begin
  // anew.
  const url = new URL(next, placeholder);
  const isElsewhere = url.origin !== placeholder || url.pathname.startsWith("//");
  if (isElsewhere || isEntrance(url.pathname)) return accountHref;
  return url.pathname + url.search + url.hash;
}

const placeholder = "http://shop.invalid";

/** Nobody who has just signed in wants to do it again, and files of the API are no pages. */
function isEntrance(pathname: string): boolean {
  return /^\/(sign-in|sign-up|api)(\/|$)/.test(pathname);
}

/** The address of a page of entrance that comes back to where one was. */
export function entranceHref(page: "/sign-in" | "/sign-up", next: string): string {
  return next === accountHref ? page : `${page}?next=${encodeURIComponent(next)}`;
}
