import { must } from "#core/assert.ts";
import type { World } from "#core/world.ts";
import type { ShipTo } from "../order.ts";
import type { Store } from "../stores.ts";

export type SavedAddress = ShipTo & { readonly id: number };

export type Account = {
  /** Its email. */
  readonly id: string;
  readonly name: string;
  /** How it pays, as its owner once set it up with the shop: never a number that could be typed anywhere. */
  readonly payments: readonly { readonly id: string; readonly label: string }[];
};

export type Accounts = {
  find(id: string): Account | undefined;
  /** Undefined for a wrong email or password; which of the two is nobody's business. */
  signIn(email: string, password: string): Account | undefined;
  /** How a kept way to pay is called; "" for one that there is not. */
  paymentLabel(accountId: string | null, paymentId: string): string;
  addresses(accountId: string): readonly SavedAddress[];
  saveAddress(accountId: string, address: ShipTo): SavedAddress;
  removeAddress(accountId: string, id: number): void;
};

/** One account per shop: the one whose sign-in the shop's sheet in the directory tells. */
export function openAccounts(world: World, store: Store): Accounts {
  world.db.exec(`create table if not exists shop_address (
    id integer primary key autoincrement, slug text not null, account_id text not null, address text not null)`);
  const list = world.db.prepare("select id, address from shop_address where slug = ? and account_id = ? order by id");
  const insert = world.db.prepare("insert into shop_address (slug, account_id, address) values (?, ?, ?)");
  const remove = world.db.prepare("delete from shop_address where slug = ? and account_id = ? and id = ?");

  const { email, password } = store.credentials;
  const account: Account = {
    id: email ?? "",
    name: "Muse Purchasing",
    payments: [
      { id: "card", label: "Visa ending in 4242 (company card)" },
      { id: "balance", label: `${store.name} balance` },
    ],
  };
  const find = (id: string): Account | undefined => (id !== "" && id === account.id ? account : undefined);

  const addresses = (accountId: string): readonly SavedAddress[] =>
    list
      .all(store.slug, accountId)
      .map((row) => ({ ...(JSON.parse(String(row["address"])) as ShipTo), id: Number(row["id"]) }));
  return {
    find,
    signIn: (typed, secret) => (secret === password ? find(typed.trim().toLowerCase()) : undefined),
    paymentLabel: (accountId, paymentId) =>
      find(accountId ?? "")?.payments.find(({ id }) => id === paymentId)?.label ?? "",
    addresses,
    saveAddress(accountId, address) {
      const { lastInsertRowid } = insert.run(store.slug, accountId, JSON.stringify(address));
      return must(
        addresses(accountId).find(({ id }) => id === Number(lastInsertRowid)),
        "an address that was saved is there",
      );
    },
    removeAddress: (accountId, id) => void remove.run(store.slug, accountId, id),
  };
}
