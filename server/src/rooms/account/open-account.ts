import type { Tx } from "#platform/db/tx.ts";
import type { Accounts, NewAccount } from "#platform/http/account.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { authRoutes } from "./auth-routes.ts";
import { openAuth, type AuthDeps } from "./auth.ts";
import { createAnonymous } from "./create-anonymous.ts";
import { enterVisitor, type Entering } from "./enter-visitor.ts";
import { passwordRoute } from "./password-route.ts";
import { peopleRoutes, type RoleAuditing } from "./people-routes.ts";
import { privacyRoutes, type AccountErasing, type AccountExporting } from "./privacy-routes.ts";
import { accountRoutes } from "./routes.ts";
import { sessionCache } from "./session-cache.ts";
import { credentialOf, sessionWire } from "./session-cookie.ts";
import { whoIs } from "./who-is.ts";

/** What tells the room of changes made by other processes: `openListener` of platform/db. */
export type Notifications = {
  readonly listen: (channel: string, fn: (payload: string) => void) => Promise<unknown>;
};

export type AccountDeps = AuthDeps & {
  /** Whether the roles `ops` and `admin` hold only in a session with a second factor. */
  readonly isTwoFactorRequired: boolean;
  /** Writes into the trail that a role was given (the ops room's). */
  readonly audit: RoleAuditing;
  readonly onAccountErased: AccountErasing;
  readonly onAccountExported: AccountExporting;
};

export type AccountRoom = {
  /** For `createHttpServer`. */
  readonly accounts: Accounts;
  readonly routes: (http: HttpServer) => void;
  /** Lets somebody into a visitor's account that is proved to be theirs; null where it cannot be entered. */
  readonly enterVisitor: (open: Tx, entering: Entering) => Promise<NewAccount | null>;
  /** Begins to keep sessions in memory for some seconds. Until then each request asks the database. */
  readonly follow: (notifications: Notifications) => Promise<void>;
  /** The connection that listens was lost: nothing is kept, since nothing would be heard. */
  readonly notificationsLost: () => void;
  /** It is back. */
  readonly notificationsBack: () => void;
};

/** The channel of migration 0002's triggers. */
const channel = "muse_account";

/** The account room with its in-process state, for the API's composition root. */
export function openAccountRoom(deps: AccountDeps): AccountRoom {
  const wire = sessionWire(deps.secret, deps.appUrl);
  const cache = sessionCache();
  const auth = openAuth(deps);
  const { pool, appUrl, isTwoFactorRequired } = deps;
  return {
    accounts: {
      whoIs: (headers) => whoIs(pool, { wire, cache, isTwoFactorRequired }, headers),
      whoIsNow: (headers) => {
        const credential = credentialOf(headers, wire.cookieName);
        if (credential !== null) cache.forgetCredential(credential);
        return whoIs(pool, { wire, cache, isTwoFactorRequired }, headers);
      },
      createAnonymous: (from) => createAnonymous(pool, wire, from),
    },
    routes: (http) => {
      accountRoutes(http);
      passwordRoute(http, wire);
      peopleRoutes(http, { audit: deps.audit, cache });
      privacyRoutes(http, { pool, wire, cache, erase: deps.onAccountErased, gather: deps.onAccountExported });
      authRoutes(http, { auth, db: pool, appUrl, wire, cache });
    },
    enterVisitor: (open, entering) => enterVisitor(open, { wire, onMerged: deps.onAccountMerged }, entering),
    follow: async (notifications) => {
      await notifications.listen(channel, (accountId) => cache.forget(accountId));
      cache.enable();
    },
    notificationsLost: () => cache.disable(),
    notificationsBack: () => cache.enable(),
  };
}
