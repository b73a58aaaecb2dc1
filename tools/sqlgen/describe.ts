import type pg from "pg";
import type { Statement } from "./parse.ts";

type Field = {
  readonly name: string;
  readonly dataTypeID: number;
  readonly tableID: number;
  readonly columnID: number;
};

export type Column = { readonly name: string; readonly typeOid: number; readonly isNullable: boolean };

/** What Postgres says of a statement without running it. */
export type Description = { readonly paramOids: readonly number[]; readonly columns: readonly Column[] };

/** Asks a migrated database about statements. Postgres itself is the type checker. */
export type Describer = {
  readonly describe: (statement: Statement) => Promise<Description>;
  readonly catalog: TypeCatalog;
};

/** What is particular to this database: its enums, its domains, and which array is of what. */
export type TypeCatalog = {
  readonly enums: ReadonlyMap<number, readonly string[]>;
  readonly elementOf: ReadonlyMap<number, number>;
  readonly baseOf: ReadonlyMap<number, number>;
};

export async function openDescriber(client: pg.Client): Promise<Describer> {
  const catalog = await readCatalog(client);
  const notNull = await readNotNull(client);
  return {
    catalog,
    describe: async (statement) => {
      const { paramOids, fields } = await parseAndDescribe(client, statement.text);
      // A column that comes through an outer join or a union may be null although its table says otherwise.
      const isOuter = /\b(left|right|full)\s+(outer\s+)?join\b|\b(grouping\s+sets|rollup|cube|union)\b/i.test(
        statement.text,
      );
      const columns = fields.map((field) => {
        const isSure = field.name.endsWith("!");
        const isNotNull = isSure || (!isOuter && notNull.has(`${field.tableID}:${field.columnID}`));
        return { name: field.name.replace(/!$/, ""), typeOid: field.dataTypeID, isNullable: !isNotNull };
      });
      return { paramOids, columns };
    },
  };
}

async function readCatalog(client: pg.Client): Promise<TypeCatalog> {
  const enums = await client.query<{ oid: number; labels: string[] }>(
    `select t.oid::int4 as oid, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
     from pg_type t join pg_enum e on e.enumtypid = t.oid group by t.oid`,
  );
  const arrays = await client.query<{ oid: number; element: number }>(
    "select typarray::int4 as oid, oid::int4 as element from pg_type where typarray <> 0",
  );
  const domains = await client.query<{ oid: number; base: number }>(
    "select oid::int4 as oid, typbasetype::int4 as base from pg_type where typtype = 'd'",
  );
  return {
    enums: new Map(enums.rows.map(({ oid, labels }) => [oid, labels])),
    elementOf: new Map(arrays.rows.map(({ oid, element }) => [oid, element])),
    baseOf: new Map(domains.rows.map(({ oid, base }) => [oid, base])),
  };
}

async function readNotNull(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ key: string }>(
    "select attrelid::int8 || ':' || attnum as key from pg_attribute where attnotnull and attnum > 0",
  );
  return new Set(rows.map(({ key }) => key));
}

/** Parse and Describe on the wire: types without running anything. */
function parseAndDescribe(client: pg.Client, text: string): Promise<{ paramOids: number[]; fields: Field[] }> {
  return new Promise((resolve, reject) => {
    let paramOids: number[] = [];
    let fields: Field[] = [];
    const query = {
      submit(connection: DescribeConnection) {
        connection.once("parameterDescription", (message) => {
          paramOids = message.dataTypeIDs;
        });
        connection.parse({ name: "", text, types: [] });
        connection.describe({ type: "S", name: "" });
        connection.sync();
      },
      handleRowDescription: (message: { fields: Field[] }) => {
        fields = message.fields;
      },
      handleReadyForQuery: () => resolve({ paramOids, fields }),
      handleError: reject,
    };
    client.query(query as unknown as pg.Submittable);
  });
}

/** The part of pg's connection that its types leave out. */
type DescribeConnection = {
  once: (event: "parameterDescription", fn: (message: { dataTypeIDs: number[] }) => void) => void;
  parse: (message: { name: string; text: string; types: number[] }) => void;
  describe: (message: { type: "S"; name: string }) => void;
  sync: () => void;
};
