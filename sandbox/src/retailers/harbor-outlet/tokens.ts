import { createHmac, timingSafeEqual } from "node:crypto";

import type { World } from "#core/world.ts";

export type TokenDesk = {
  /** A bearer token good for `lifeS` seconds. */
  issue(): { readonly token: string; readonly lifeS: number };
  isGood(authorization: string | undefined): boolean;
  /** Makes every token issued so far worthless. */
  revokeAll(): void;
};

const lifeS = 3600;
const settingKey = "harbor-outlet.token_generation";
const signingKey = "harbor-outlet-token-signing-key";

/**
 * Tokens carry their own end and are signed, so that a restart forgets none of them; a generation makes them
 * revocable.
 */
export function openTokenDesk(world: World): TokenDesk {
  let generation = Number(world.settings.read(settingKey) ?? 1);
  let issued = 0;
  return {
    issue() {
      issued += 1;
      const claims = `${generation}.${world.now() + lifeS * 1000}.${issued.toString(36)}`;
      return { token: `hot_${claims}.${sign(claims)}`, lifeS };
    },
    isGood(authorization) {
      const match = /^Bearer hot_((\d+)\.(\d+)\.[a-z0-9]+)\.([\w-]+)$/i.exec(authorization ?? "");
      const [, claims, ofGeneration, endsAtMs, signature] = match ?? [];
      if (claims === undefined || signature === undefined) return false;
      const expected = Buffer.from(sign(claims));
      const given = Buffer.from(signature);
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
      return Number(ofGeneration) === generation && Number(endsAtMs) > world.now();
    },
    revokeAll() {
      generation += 1;
      world.settings.write(settingKey, generation);
    },
  };
}

function sign(claims: string): string {
  return createHmac("sha256", signingKey).update(claims).digest("base64url");
}
