import type { PaymentIntent } from "./objects.ts";
import { invalidParam, type Refusal } from "./refusal.ts";
import { ok, type Answer, type Call } from "./route.ts";

/**
 * One clause of Stripe's search language: `metadata['order']:'MO-1'`, `status:'succeeded'`, `amount>1000`,
 * `-currency:'usd'`.
 */
type Clause = {
  readonly field: string;
  readonly metadataKey: string | undefined;
  readonly operator: ":" | "~" | ">" | "<" | ">=" | "<=";
  readonly value: string;
  readonly isNegated: boolean;
};

const clausePattern =
  /^\s*(-?)([a-z_.]+)(?:\[(["'])(.*?)\3\])?\s*(>=|<=|[:~><])\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\w.-]+|null))/;
const searchable: readonly string[] = ["amount", "created", "currency", "customer", "metadata", "status", "id"];

/**
 * `GET /v1/payment_intents/search`. Ours sees everything at once; Stripe's may lag by up to a minute, which the fault
 * `search_lag` plays (it finds nothing).
 */
export function searchIntents(call: Call): Answer | Refusal {
  const { account, params } = call;
  const query = params.required("query");
  const limit = params.integer("limit", 1) ?? 10;
  const page = params.text("page");
  const problem = params.problem();
  if (problem !== undefined) return problem;
  if (limit > 100)
    return invalidParam("limit", "This value must be less than or equal to 100.", "parameter_invalid_integer");
  const parsed = parseQuery(query);
  if (typeof parsed === "string") return invalidParam("query", parsed);
  const beforeSeq =
    page === undefined ? Number.MAX_SAFE_INTEGER : Number(Buffer.from(page, "base64url").toString("utf8"));
  if (!Number.isInteger(beforeSeq)) return invalidParam("page", "Invalid page");

  const isLagging = account.world.faults.hit("stripe", call.endpoint, call.text, ["search_lag"]) !== undefined;
  const found = isLagging ? [] : findIntents(call, parsed, beforeSeq, limit + 1);
  const data = found.slice(0, limit);
  const last = data.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  const nextPage = hasMore
    ? Buffer.from(String(account.store.seqOf("payment_intent", last.id))).toString("base64url")
    : null;
  return ok({
    object: "search_result",
    data,
    has_more: hasMore,
    next_page: nextPage,
    url: "/v1/payment_intents/search",
  });
}

type Parsed = { readonly clauses: readonly Clause[]; readonly isAny: boolean };

function findIntents(
  call: Call,
  { clauses, isAny }: Parsed,
  beforeSeq: number,
  limit: number,
): readonly PaymentIntent[] {
  const { store } = call.account;
  const matches = (intent: PaymentIntent): boolean =>
    isAny ? clauses.some((clause) => holds(clause, intent)) : clauses.every((clause) => holds(clause, intent));
  const indexed = isAny
    ? undefined
    : clauses.find(
        (clause) =>
          clause.metadataKey !== undefined && clause.operator === ":" && !clause.isNegated && clause.value !== "null",
      );
  if (indexed?.metadataKey === undefined) return store.scan("payment_intent", { beforeSeq, limit, where: matches });

  const found: PaymentIntent[] = [];
  // One more than a page is nearly always enough; a query with further clauses reads on.
  for (let from = beforeSeq; found.length < limit;) {
    const rows = store.scanMetadata(indexed.metadataKey, indexed.value, from, 100);
    for (const row of rows) {
      from = row.seq;
      const intent = store.get("payment_intent", row.id);
      if (intent !== undefined && matches(intent) && found.length < limit) found.push(intent);
    }
    if (rows.length < 100) break;
  }
  return found;
}

function parseQuery(query: string): Parsed | string {
  const clauses: Clause[] = [];
  const joiners = new Set<string>();
  for (let rest = query; ;) {
    const match = clausePattern.exec(rest);
    if (match === null)
      return `We were unable to parse your search query: ${query}. Check the syntax near "${rest.trim()}".`;
    const clause = clauseFrom(match);
    if (!searchable.includes(clause.field)) {
      return `Field \`${clause.field}\` is an unsupported search field for resource \`payment_intents\`.`;
    }
    clauses.push(clause);
    rest = rest.slice(match[0].length).trim();
    if (rest === "") break;
    const word = /^(?:AND|OR)\b/i.exec(rest)?.[0] ?? "";
    joiners.add(word === "" ? "AND" : word.toUpperCase());
    rest = rest.slice(word.length);
  }
  if (joiners.size > 1) return "You may not combine AND and OR in the same query.";
  return { clauses, isAny: joiners.has("OR") };
}

function clauseFrom(match: RegExpExecArray): Clause {
  const [, minus, field = "", , metadataKey, operator = ":", double, single, bare] = match;
  const value = double ?? single ?? bare ?? "";
  return {
    field,
    metadataKey,
    operator: operator as Clause["operator"],
    isNegated: minus === "-",
    value: value.replaceAll(/\\(.)/g, "$1"),
  };
}

function holds(clause: Clause, intent: PaymentIntent): boolean {
  const actual = clause.metadataKey === undefined ? fieldOf(intent, clause.field) : intent.metadata[clause.metadataKey];
  return compare(clause, actual ?? null) !== clause.isNegated;
}

function fieldOf(intent: PaymentIntent, field: string): string | number | null {
  const value = intent[field as keyof PaymentIntent];
  return typeof value === "string" || typeof value === "number" ? value : null;
}

function compare({ operator, value }: Clause, actual: string | number | null): boolean {
  if (value === "null" || actual === null) return value === "null" && actual === null;
  switch (operator) {
    case ":":
      return typeof actual === "number" ? actual === Number(value) : actual.toLowerCase() === value.toLowerCase();
    case "~":
      return String(actual).toLowerCase().includes(value.toLowerCase());
    case ">":
      return Number(actual) > Number(value);
    case "<":
      return Number(actual) < Number(value);
    case ">=":
      return Number(actual) >= Number(value);
    case "<=":
      return Number(actual) <= Number(value);
  }
}
