import type { DatabaseSync } from "node:sqlite";

import type { Metadata, Objects, ObjectType } from "./objects.ts";

export type ScanOptions<T extends ObjectType> = {
  /** The object it belongs to, as given to `insert`. */
  readonly parent?: string | undefined;
  readonly beforeSeq?: number | undefined;
  /** Turns the order round: oldest first, from after this one. */
  readonly afterSeq?: number | undefined;
  readonly limit: number;
  readonly where?: ((object: Objects[T]) => boolean) | undefined;
};

export type Store = {
  insert<T extends ObjectType>(object: Objects[T], parent: string | null): void;
  update<T extends ObjectType>(object: Objects[T]): void;
  /** After an update that may have changed a payment intent's metadata, for the search by it. */
  reindexMetadata(before: Objects["payment_intent"], after: Objects["payment_intent"]): void;
  /** Also moves it to another parent (a card attached to a customer). */
  move<T extends ObjectType>(object: Objects[T], parent: string | null): void;
  remove(id: string): void;
  get<T extends ObjectType>(type: T, id: string): Objects[T] | undefined;
  /** Of whatever type; for `expand[]`. */
  find(id: string): Objects[ObjectType] | undefined;
  seqOf(type: ObjectType, id: string): number | undefined;
  /** Newest first, unless `afterSeq` is given. */
  scan<T extends ObjectType>(type: T, options: ScanOptions<T>): readonly Objects[T][];
  /** Newest first: the payment intents whose metadata has this value under this key. */
  scanMetadata(
    key: string,
    value: string,
    beforeSeq: number,
    limit: number,
  ): readonly { readonly seq: number; readonly id: string }[];
  /** A word about an object that its wire form does not show. */
  mark(id: string): string | null;
  setMark(id: string, mark: string): void;
};

/** Stripe's objects as JSON documents in SQLite, with just the indexes that its lists and searches need. */
export function openStore(db: DatabaseSync): Store {
  createTables(db);
  const insert = db.prepare("insert into stripe_object (id, type, parent, doc) values (?, ?, ?, ?)");
  const update = db.prepare("update stripe_object set doc = ? where id = ?");
  const move = db.prepare("update stripe_object set doc = ?, parent = ? where id = ?");
  const remove = db.prepare("delete from stripe_object where id = ?");
  const select = db.prepare("select type, doc from stripe_object where id = ?");
  const selectSeq = db.prepare("select seq from stripe_object where id = ? and type = ?");
  const selectMark = db.prepare("select mark from stripe_object where id = ?");
  const setMark = db.prepare("update stripe_object set mark = ? where id = ?");
  const metadata = openMetadataIndex(db);
  return {
    insert(object, parent) {
      const { lastInsertRowid } = insert.run(object.id, object.object, parent, JSON.stringify(object));
      if (object.object === "payment_intent") metadata.add(Number(lastInsertRowid), object.id, object.metadata);
    },
    update: (object) => void update.run(JSON.stringify(object), object.id),
    reindexMetadata(before, after) {
      if (before.metadata === after.metadata) return;
      metadata.replace(
        Number(selectSeq.get(after.id, "payment_intent")?.["seq"]),
        after.id,
        before.metadata,
        after.metadata,
      );
    },
    move: (object, parent) => void move.run(JSON.stringify(object), parent, object.id),
    remove: (id) => void remove.run(id),
    get<T extends ObjectType>(type: T, id: string) {
      const row = select.get(id);
      return row === undefined || row["type"] !== type ? undefined : (JSON.parse(String(row["doc"])) as Objects[T]);
    },
    find(id) {
      const row = select.get(id);
      return row === undefined ? undefined : (JSON.parse(String(row["doc"])) as Objects[ObjectType]);
    },
    seqOf(type, id) {
      const row = selectSeq.get(id, type);
      return row === undefined ? undefined : Number(row["seq"]);
    },
    scan: openScan(db),
    scanMetadata: metadata.scan,
    mark(id) {
      const mark = selectMark.get(id)?.["mark"];
      return typeof mark === "string" ? mark : null;
    },
    setMark: (id, mark) => void setMark.run(mark, id),
  };
}

function createTables(db: DatabaseSync): void {
  db.exec(`
    create table if not exists stripe_object (
      seq integer primary key autoincrement, id text not null unique, type text not null, parent text, mark text, doc text not null);
    create index if not exists stripe_object_by_parent on stripe_object (parent, type, seq) where parent is not null;
    create index if not exists stripe_object_by_type on stripe_object (type, seq);
    create table if not exists stripe_metadata (key text not null, value text not null, seq integer not null, id text not null,
      primary key (key, value, seq)) without rowid;
  `);
}

/** Reads on until the page is full, so that a `where` costs no more than the rows it passes over. */
function openScan(db: DatabaseSync): Store["scan"] {
  const older = db.prepare("select doc from stripe_object where type = ? and seq < ? order by seq desc");
  const newer = db.prepare("select doc from stripe_object where type = ? and seq > ? order by seq");
  const olderOf = db.prepare(
    "select doc from stripe_object where type = ? and seq < ? and parent = ? order by seq desc",
  );
  const newerOf = db.prepare("select doc from stripe_object where type = ? and seq > ? and parent = ? order by seq");

  return <T extends ObjectType>(type: T, options: ScanOptions<T>): readonly Objects[T][] => {
    const { parent, afterSeq, beforeSeq = Number.MAX_SAFE_INTEGER } = options;
    const isForward = afterSeq !== undefined;
    const rows =
      parent === undefined
        ? (isForward ? newer : older).iterate(type, afterSeq ?? beforeSeq)
        : (isForward ? newerOf : olderOf).iterate(type, afterSeq ?? beforeSeq, parent);
    const found: Objects[T][] = [];
    for (const row of rows) {
      const object = JSON.parse(String(row["doc"])) as Objects[T];
      if (options.where !== undefined && !options.where(object)) continue;
      found.push(object);
      if (found.length >= options.limit) break;
    }
    return found;
  };
}

type MetadataIndex = {
  add(seq: number, id: string, metadata: Metadata): void;
  replace(seq: number, id: string, before: Metadata, after: Metadata): void;
  scan: Store["scanMetadata"];
};

/** Answers `metadata['order']:'MO-1'` without reading every payment intent there ever was. */
function openMetadataIndex(db: DatabaseSync): MetadataIndex {
  const insert = db.prepare("insert into stripe_metadata (key, value, seq, id) values (?, ?, ?, ?)");
  const remove = db.prepare("delete from stripe_metadata where key = ? and value = ? and seq = ?");
  const scan = db.prepare(
    "select seq, id from stripe_metadata where key = ? and value = ? and seq < ? order by seq desc limit ?",
  );
  const add = (seq: number, id: string, metadata: Metadata): void => {
    for (const key in metadata) insert.run(key, metadata[key] ?? "", seq, id);
  };
  return {
    add,
    replace(seq, id, before, after) {
      for (const key in before) remove.run(key, before[key] ?? "", seq);
      add(seq, id, after);
    },
    scan: (key, value, beforeSeq, limit) =>
      scan.all(key, value, beforeSeq, limit).map((row) => ({ seq: Number(row["seq"]), id: String(row["id"]) })),
  };
}
