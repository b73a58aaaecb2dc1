import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

import type { World } from "#core/world.ts";
import type { ShipTo } from "../order.ts";

export type CartLine = { readonly sku: string; readonly quantity: number };

/** What a form said that was sent back, for the page that asks again. */
export type Flash = {
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly notice: string;
};

/** One place in a waiting room; times are milliseconds since 1970. */
export type QueuePlace = { readonly position: number; readonly sinceMs: number; readonly untilMs: number };

/** What a shop knows of one visitor. */
export type Visit = {
  readonly cart: readonly CartLine[];
  readonly accountId: string | null;
  /** Until when the account stays signed in. */
  readonly signedInUntilMs: number;
  readonly coupon: string | null;
  readonly email: string;
  readonly shipTo: ShipTo | null;
  readonly shippingOptionId: string | null;
  readonly payment: string | null;
  readonly reference: string;
  /** Percent on top of the shelf's prices, once a fault made them drift: the cart keeps what the page showed. */
  readonly driftPercent: number;
  /** Guards forms against other sites. */
  readonly csrf: string;
  /** One review page's right to be ordered once; a new one with each new cart. */
  readonly orderKey: string;
  /** Which right became which order, newest first: the same button pressed again is answered with the same order. */
  readonly placed: readonly { readonly key: string; readonly number: string }[];
  /** The answer that the CAPTCHA waits for; null while none is shown. */
  readonly captcha: string | null;
  /** Until when a solved CAPTCHA is believed. */
  readonly humanUntilMs: number;
  readonly queue: QueuePlace | null;
  /** Until when a confirmation keeps its visitor waiting. */
  readonly confirmAtMs: number;
  /** Past what stands between basket and checkout: an offer, the choice to go on as a guest. */
  readonly isPastDoor: boolean;
  readonly flash: Flash | null;
};

export type ShopSession = {
  readonly id: string;
  read(): Visit;
  /** Written at once: a connection that drops afterwards has still changed it. */
  change(part: Partial<Visit>): void;
  /** Reads what a form was refused for, once. */
  takeFlash(): Flash | null;
  /** Forgets the visitor but for the cookie. */
  forget(): void;
};

export type ShopSessions = {
  /** The session of whoever asks; a new one, with its cookie, for a stranger. */
  of(request: FastifyRequest, reply: FastifyReply): ShopSession;
  /** The cookie's value, or undefined for a stranger. */
  idOf(request: FastifyRequest): string | undefined;
};

export function openShopSessions(
  world: World,
  shop: { readonly slug: string; readonly base: string; readonly cookie: string },
): ShopSessions {
  world.db.exec(`create table if not exists shop_session (
    slug text not null, id text not null, visit text not null, primary key (slug, id)) without rowid`);
  const select = world.db.prepare("select visit from shop_session where slug = ? and id = ?");
  const upsert = world.db.prepare(
    "insert into shop_session (slug, id, visit) values (?, ?, ?) on conflict (slug, id) do update set visit = excluded.visit",
  );
  const known = new WeakMap<FastifyRequest, ShopSession>();

  const load = (id: string | undefined): Visit | undefined => {
    const row = id === undefined ? undefined : select.get(shop.slug, id);
    return row === undefined ? undefined : { ...newVisit(), ...(JSON.parse(String(row["visit"])) as Partial<Visit>) };
  };
  const open = (id: string, first: Visit): ShopSession => {
    let visit = first;
    const save = (next: Visit): void => {
      visit = next;
      upsert.run(shop.slug, id, JSON.stringify(next));
    };
    return {
      id,
      read: () => visit,
      change: (part) => save({ ...visit, ...part }),
      takeFlash() {
        const { flash } = visit;
        if (flash !== null) save({ ...visit, flash: null });
        return flash;
      },
      forget: () => save(newVisit()),
    };
  };
  const idOf = (request: FastifyRequest): string | undefined => readCookie(request.headers.cookie, shop.cookie);

  return {
    idOf,
    of(request, reply) {
      const found = known.get(request);
      if (found !== undefined) return found;
      const id = idOf(request);
      const visit = load(id);
      const session = id !== undefined && visit !== undefined ? open(id, visit) : open(token(), newVisit());
      if (visit === undefined) {
        session.change({});
        reply.header("set-cookie", `${shop.cookie}=${session.id}; Path=${shop.base}; HttpOnly; SameSite=Lax`);
      }
      known.set(request, session);
      return session;
    },
  };
}

export function token(): string {
  return randomBytes(18).toString("base64url");
}

function newVisit(): Visit {
  return {
    cart: [],
    accountId: null,
    signedInUntilMs: 0,
    coupon: null,
    email: "",
    shipTo: null,
    shippingOptionId: null,
    payment: null,
    reference: "",
    driftPercent: 0,
    csrf: token(),
    orderKey: token(),
    placed: [],
    captcha: null,
    humanUntilMs: 0,
    queue: null,
    confirmAtMs: 0,
    isPastDoor: false,
    flash: null,
  };
}

function readCookie(header: string | undefined, name: string): string | undefined {
  const found = header?.split(";").find((pair) => pair.trim().startsWith(`${name}=`));
  const value = found?.trim().slice(name.length + 1) ?? "";
  return /^[\w-]{10,64}$/.test(value) ? value : undefined;
}
