import { NextResponse, type NextRequest } from "next/server";
import { webConfig } from "#web/config.ts";
import { contentSecurityPolicy, strictTransport } from "#web/content-security.ts";
import { isMissing } from "#web/missing-page.ts";

/**
 * Every request comes by here. `/api` goes on to the API at an address known only when the shop runs, so that the
 * browser sees one origin; a page gets its policy, with a nonce that Next puts on every script it writes.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { apiUrl, pictureOrigins, paymentOrigins, isDevelopment, hasHttps } = webConfig();
  const { pathname, search } = request.nextUrl;
  if (isOfApi(pathname)) return NextResponse.rewrite(new URL(pathname + search, apiUrl));
  if (pathname !== "/" && pathname.endsWith("/")) return withoutSlash(request);

  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = contentSecurityPolicy({
    nonce,
    pictures: pictureOrigins,
    payment: paymentOrigins,
    isDevelopment,
    hasHttps,
  });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const isGone = await isMissing(request, apiUrl);
  const response = NextResponse.next({ request: { headers }, ...(isGone ? { status: 404 } : {}) });
  response.headers.set("content-security-policy", policy);
  if (hasHttps) response.headers.set("strict-transport-security", strictTransport);
  return response;
}

/** Each page has one address. */
function withoutSlash({ nextUrl: { pathname, search }, url }: NextRequest): NextResponse {
  return NextResponse.redirect(new URL(pathname.replace(/\/+$/, "") + search, url), 308);
}

function isOfApi(pathname: string): boolean {
  return pathname === "/api" || pathname.startsWith("/api/");
}

/** Files that never change have nothing to protect. */
export const config = { matcher: ["/((?!_next/static|_next/image|icon.svg).*)"] };
