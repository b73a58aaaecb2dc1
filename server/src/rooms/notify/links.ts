/** Where our mails lead. Pages of the web app, but for the sign-in link, which is better-auth's own. */
export type Links = {
  readonly checkout: () => string;
  /** Where a payment goes on that waits for its owner. */
  readonly placing: (sessionId: string) => string;
  readonly confirmation: (sessionId: string) => string;
  readonly order: (orderNumber: string) => string;
  readonly signIn: () => string;
  readonly signInLink: (token: string) => string;
  readonly orderLink: (token: string, sessionId: string) => string;
  /** What a seller was paid, and is owed. */
  readonly payouts: () => string;
  /** A page of the operators' desk. */
  readonly desk: (...parts: readonly string[]) => string;
};

/** @param appUrl the origin people open Muse at, without a slash at its end */
export function linksOf(appUrl: string): Links {
  const path = (...parts: readonly string[]): string => [appUrl, ...parts.map(encodeURIComponent)].join("/");
  const query = (url: string, values: Readonly<Record<string, string>>): string =>
    `${url}?${new URLSearchParams(values).toString()}`;
  return {
    checkout: () => path("checkout"),
    placing: (sessionId) => path("checkout", "placing", sessionId),
    confirmation: (sessionId) => path("checkout", "success", "session", sessionId),
    order: (orderNumber) => path("orders", orderNumber),
    signIn: () => path("sign-in"),
    signInLink: (token) =>
      query(path("api", "auth", "magic-link", "verify"), {
        token,
        callbackURL: "/orders",
        errorCallbackURL: "/sign-in",
      }),
    payouts: () => path("sell", "payouts"),
    desk: (...parts) => path("ops", ...parts),
    orderLink: (token, sessionId) => query(path("orders", "link"), { token, session: sessionId }),
  };
}
