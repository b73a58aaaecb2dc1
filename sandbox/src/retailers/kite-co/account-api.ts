import type { FastifyInstance } from "fastify";

import { asObject, asText, type Json } from "../read-body.ts";
import { readAddress, type Form } from "../web/form.ts";
import { named, type Shop } from "../web/shop.ts";
import { isOwn, refuse, send, signedIn, signInAs } from "./answer.ts";

const fields = ["name", "address1", "address2", "city", "state", "zip", "phone"] as const;

/** Signing in and out, and the address book. */
export function addAccountApi(app: FastifyInstance, shop: Shop): void {
  const api = `${shop.base}/api`;
  app.get(`${api}/session`, named(shop, "session.view"), (request, reply) => {
    const { accountId, signedInUntilMs, cart } = shop.sessions.of(request, reply).read();
    const account = signedInUntilMs < shop.retail.world.now() ? undefined : shop.accounts.find(accountId ?? "");
    const units = cart.reduce((sum, line) => sum + line.quantity, 0);
    return send(shop, request, reply, { name: account?.name ?? null, email: account?.id ?? null, units });
  });
  app.post(`${api}/sign-in`, named(shop, "account.sign_in"), (request, reply) => {
    if (!isOwn(request)) return refuse(reply, 403, "foreign");
    const { email, password } = asObject(request.body);
    const account = shop.accounts.signIn(asText(email), asText(password));
    if (account === undefined) return refuse(reply, 401, "sign_in_failed");
    signInAs(shop, shop.sessions.of(request, reply), account.id);
    return send(shop, request, reply, { name: account.name, email: account.id });
  });
  app.post(`${api}/sign-out`, named(shop, "account.sign_out"), (request, reply) => {
    if (!isOwn(request)) return refuse(reply, 403, "foreign");
    shop.sessions.of(request, reply).change({ accountId: null, signedInUntilMs: 0, shipTo: null, payment: null });
    return send(shop, request, reply, {});
  });

  app.get(`${api}/addresses`, named(shop, "addresses.list"), (request, reply) => {
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    return send(shop, request, reply, { addresses: shop.accounts.addresses(session.read().accountId ?? "") });
  });
  app.post(`${api}/addresses`, named(shop, "addresses.save"), (request, reply) => {
    if (!isOwn(request)) return refuse(reply, 403, "foreign");
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    const { shipTo, errors } = readAddress(formFrom(asObject(request.body)), false);
    if (Object.keys(errors).length > 0) return refuse(reply, 422, "fields", errors);
    return send(shop, request, reply, shop.accounts.saveAddress(session.read().accountId ?? "", shipTo));
  });
  app.delete<{ Params: { id: string } }>(`${api}/addresses/:id`, named(shop, "addresses.remove"), (request, reply) => {
    if (!isOwn(request)) return refuse(reply, 403, "foreign");
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    shop.accounts.removeAddress(session.read().accountId ?? "", Number(request.params.id));
    return send(shop, request, reply, {});
  });
}

function formFrom(body: Json): Form {
  return Object.fromEntries(fields.map((field) => [field, asText(body[field]).slice(0, 200)]));
}
