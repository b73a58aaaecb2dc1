/** What a migrated database itself can tell about the rules of the house. */
import type pg from "pg";
import { writesOf } from "../tidy/sql-writes.ts";

export type SchemaFinding = { readonly rule: string; readonly where: string; readonly what: string };

export async function checkSchema(client: pg.Client): Promise<SchemaFinding[]> {
  return [...(await unindexedForeignKeys(client)), ...(await strayWrites(client))];
}

/** Without an index each delete or key change of the row referred to reads the whole table that refers. */
async function unindexedForeignKeys(client: pg.Client): Promise<SchemaFinding[]> {
  const { rows } = await client.query<{ relation: string; name: string; columns: string }>(
    `select k.conrelid::regclass::text as relation, k.conname as name,
            (select string_agg(a.attname, ', ' order by u.place)
             from unnest(k.conkey) with ordinality u (attnum, place)
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum) as columns
     from pg_constraint k
     join pg_namespace n on n.oid = k.connamespace
     where k.contype = 'f' and n.nspname not in ('graphile_worker', 'migrate')
       and not exists (
         select from pg_index i
         where i.indrelid = k.conrelid and i.indisvalid
           and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
           -- A partial index serves only if what it leaves out are the rows that refer to nothing.
           and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$'))
     order by 1, 2`,
  );
  return rows.map(({ relation, name, columns }) => ({
    rule: "every foreign key is indexed",
    where: relation,
    what: `${name} has no index that begins with (${columns})`,
  }));
}

/** A room's function may call another's, which is that room's door in SQL, but writes only its own schema. */
async function strayWrites(client: pg.Client): Promise<SchemaFinding[]> {
  const { rows } = await client.query<{ schema: string; name: string; source: string }>(
    `select n.nspname as schema, p.proname as name, coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as source
     from pg_proc p
     join pg_namespace n on n.oid = p.pronamespace
     join pg_language l on l.oid = p.prolang
     where l.lanname in ('sql', 'plpgsql')
       and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public')
     order by 1, 2`,
  );
  return rows.flatMap(({ schema, name, source }) =>
    writesOf(source)
      .filter((write) => write.schema !== schema)
      .map((write) => ({
        rule: "a function writes only its own schema",
        where: `${schema}.${name}`,
        what:
          write.schema === undefined
            ? `writes ${write.table}: name its schema`
            : `writes ${write.schema}.${write.table}`,
      })),
  );
}
