import type pg from "pg";

/** The rows that one checkout leaves in one table, as text, column by column. */
export type TableRows = {
  /** "orders.store_order" */
  readonly table: string;
  readonly columns: readonly string[];
  /** PostgreSQL's names of the columns' types. */
  readonly types: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
};

export type CheckoutRows = {
  readonly tables: readonly TableRows[];
  /** What makes these rows this checkout's: replaced wherever it stands, they are another one's. */
  readonly ids: readonly string[];
  readonly sold: { readonly variantIds: readonly string[]; readonly quantities: readonly number[] };
};

/** In the order in which they are written. `key` finds a checkout's rows by what `pickCheckout` answers. */
const tables = [
  { table: 'account."user"', key: "id = $2" },
  { table: "account.session", key: "user_id = $2" },
  { table: "cart.cart", key: "account_id = $2" },
  { table: "checkout.session", key: "session_id = $1" },
  { table: "inventory.reservation", key: "session_id = $1" },
  { table: "orders.store_order", key: "session_id = $1" },
  { table: "orders.order_item", key: "order_number = any ($3)" },
  { table: "orders.order_status_history", key: "order_number = any ($3)" },
  { table: "payment.payment", key: "session_id = $1" },
  {
    table: "payment.attempt",
    key: "payment_id = (select p.payment_id from payment.payment p where p.session_id = $1)",
  },
  { table: "placement.placement", key: "session_id = $1" },
  { table: "placement.attempt", key: "order_number = any ($3)" },
] as const;

/** Columns that name something of this checkout alone. */
const idColumns = new Set([
  "user.id",
  "session.id",
  "session.token",
  "session.session_id",
  "store_order.order_number",
  "store_order.store_order_number",
  "payment.payment_id",
  "payment.provider_ref",
  "payment.client_secret",
  "attempt.attempt_id",
]);

/** Reads the newest completed checkout whole. Null when there is none. */
export async function readCheckoutRows(client: pg.Client): Promise<CheckoutRows | null> {
  const { rows: found } = await client.query<{ session_id: string; account_id: string; orders: string[] }>(`
    select s.session_id, s.account_id, array_agg(o.order_number order by o.order_number) as orders
    from checkout.session s join orders.store_order o using (session_id)
    where s.status = 'completed' group by s.session_id order by s.finished_at desc limit 1`);
  const [checkout] = found;
  if (checkout === undefined) return null;

  const read: TableRows[] = [];
  const ids = new Set<string>();
  for (const { table, key } of tables) {
    const one = await readTable(client, table, key, [checkout.session_id, checkout.account_id, checkout.orders]);
    read.push(one);
    const shortName = table.split(".")[1]?.replaceAll('"', "") ?? table;
    one.columns.forEach((column, index) => {
      if (!idColumns.has(`${shortName}.${column}`)) return;
      for (const row of one.rows) if (typeof row[index] === "string") ids.add(row[index]);
    });
  }
  const { rows: sold } = await client.query<{ variant_id: string; quantity: number }>(
    "select r.variant_id, r.quantity from inventory.reservation r where r.session_id = $1 order by r.variant_id",
    [checkout.session_id],
  );
  return {
    tables: read.filter(({ rows }) => rows.length > 0),
    // The longest first: one may be the beginning of another.
    ids: [...ids].toSorted((left, right) => right.length - left.length),
    sold: { variantIds: sold.map((each) => each.variant_id), quantities: sold.map((each) => each.quantity) },
  };
}

async function readTable(client: pg.Client, table: string, key: string, values: unknown[]): Promise<TableRows> {
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `select quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
     order by a.attnum`,
    [table],
  );
  const used = values.filter((_, index) => key.includes(`$${index + 1}`));
  const renumbered = key.replaceAll(/\$(\d)/g, (_, digit: string) => `$${used.indexOf(values[Number(digit) - 1]) + 1}`);
  const { rows } = await client.query({
    text: `select ${columns.map(({ name }) => name).join(", ")} from ${table} where ${renumbered}`,
    values: used,
    rowMode: "array",
    // As PostgreSQL writes it, whatever the type.
    types: { getTypeParser: () => (raw: unknown) => raw },
  });
  return {
    table,
    columns: columns.map(({ name }) => name),
    types: columns.map(({ type }) => type),
    rows: rows as (string | null)[][],
  };
}
