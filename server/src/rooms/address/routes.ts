import {
  AddressParams,
  addressMessages,
  AddressSaved,
  SaveAddressBody,
  SavedAddresses,
  ZipParams,
  ZipPlace,
} from "@muse/contracts/address";
import type { Language } from "@muse/contracts/error";
import { unreachable } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { answer, problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { addressPrefer, addressRemove } from "./address.sql.gen.ts";
import { keepAddress, listAddresses, type KeepAddress } from "./book.ts";
import { lookUpZip } from "./look-up-zip.ts";
import { invalidAddress } from "./invalid-address.ts";

const base = "/api/v1/addresses";
const tags = ["Addresses"] as const;

/** Places do not move; a day is only there so that a mended list is seen. */
const placesForS = 86_400;

/** Where ZIP codes lie, and the addresses that somebody keeps. */
export function addressRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: `${base}/zip/:zip`,
      summary: "Look up a ZIP code",
      description: "City and state, to fill in a form. `city` may be null, and what people write may differ from it.",
      tags,
      auth: "none",
      publicForS: placesForS,
      params: ZipParams,
      reply: ZipPlace,
      errors: ["not_found"],
    },
    ({ params }) =>
      lookUpZip(params.zip) ?? problem("not_found", { field: "zip", message: addressMessages.zip_unknown }),
  );
  bookRoutes(http);
  oneRoutes(http);
}

function bookRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "List the caller's saved addresses",
      description: "The default first.",
      tags,
      auth: "shopper",
      reply: SavedAddresses,
      errors: [],
    },
    async ({ db, account }) => ({ addresses: await listAddresses(db, account.accountId) }),
  );
  route(
    http,
    {
      method: "POST",
      url: base,
      summary: "Save an address",
      description: "The same address again is brought up to date, not saved twice.",
      tags,
      auth: "shopper",
      idempotent: true,
      body: SaveAddressBody,
      reply: AddressSaved,
      errors: ["shipping_address_invalid", "address_book_full", "address_not_found"],
    },
    async ({ db, account, body: { isDefault, ...typed }, language }) =>
      kept(db, { accountId: account.accountId, typed, isPreferred: isDefault, addressId: null }, language),
  );
}

function oneRoutes(http: HttpServer): void {
  const one = { tags, auth: "shopper", params: AddressParams } as const;
  route(
    http,
    {
      method: "PUT",
      url: `${base}/:addressId`,
      summary: "Change a saved address",
      description: "Where that makes it the same as another one, the two become one; the answer says which.",
      ...one,
      body: SaveAddressBody,
      reply: AddressSaved,
      errors: ["shipping_address_invalid", "address_book_full", "address_not_found"],
    },
    async ({ db, account, params, body: { isDefault, ...typed }, language }) =>
      kept(db, { accountId: account.accountId, typed, isPreferred: isDefault, addressId: params.addressId }, language),
  );
  route(
    http,
    {
      method: "POST",
      url: `${base}/:addressId/default`,
      summary: "Make a saved address the default",
      ...one,
      idempotent: true,
      reply: SavedAddresses,
      errors: ["address_not_found"],
    },
    async ({ db, account, params }) =>
      (await addressPrefer(db, { ...params, accountId: account.accountId })) === null
        ? problem("address_not_found")
        : { addresses: await listAddresses(db, account.accountId) },
  );
  route(
    http,
    {
      method: "DELETE",
      url: `${base}/:addressId`,
      summary: "Forget a saved address",
      ...one,
      reply: SavedAddresses,
      errors: ["address_not_found"],
    },
    async ({ db, account, params }) =>
      (await addressRemove(db, { ...params, accountId: account.accountId })) === null
        ? problem("address_not_found")
        : { addresses: await listAddresses(db, account.accountId) },
  );
}

async function kept(db: Db, input: KeepAddress, language: Language) {
  const result = await keepAddress(db, input);
  switch (result.kind) {
    case "kept":
      return answer({ address: result.address, correctedAddress: result.corrected }, { status: 200 });
    case "invalid":
      return problem("shipping_address_invalid", invalidAddress(result, language));
    case "book_full":
      return problem("address_book_full");
    case "not_found":
      return problem("address_not_found");
    default:
      return unreachable(result);
  }
}
