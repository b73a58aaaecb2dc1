/** Values that break what is careless with them. */
import fc from "fast-check";

/** Text that means something to SQL, HTML, shells, paths, templates, loggers and parsers. */
export const payloads: readonly string[] = [
  "'; drop table orders.store_order; --",
  `" or 1=1 --`,
  "1); update account.\"user\" set role='admin' where (1=1",
  "$$; select pg_sleep(10); $$",
  "\\'; delete from cart.item; --",
  "%27%20or%20%271%27=%271",
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "javascript:alert(1)",
  "{{constructor.constructor('return 1')()}}",
  "${7*7}#{7*7}<%= 7*7 %>",
  "../../../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "|| id; `id` $(id)",
  "a\r\nSet-Cookie: muse.session_token=x\r\n\r\n",
  "=cmd|' /C calc'!A0",
  "__proto__",
  "%s%n%p%x",
  "\u202Eevil\u2066",
  "ﷺ".repeat(40),
  "🛒".repeat(60),
  "e\u0301".repeat(30),
  "\uFEFF\u200B",
];

/** Text that JSON can carry and the database cannot keep: NUL, and halves of surrogate pairs. */
export const unkeepable: readonly string[] = ["\0", "a\0b", "\ud800", "a\udc00b", "\ud83d \ude00"];

/** Words that take over whatever copies them carelessly. */
export const prototypeKeys = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"] as const;

/** What a client would like to decide for itself, and must not (M6, P3). */
export const forbiddenFields: Readonly<Record<string, unknown>> = {
  price: 1,
  priceCents: 1,
  unitPriceCents: 1,
  total: 1,
  totalCents: 1,
  amount: 1,
  subtotalCents: 1,
  shippingCents: 0,
  taxCents: 0,
  discountCents: 99_999,
  storeFee: 0,
  fee: 0,
  currency: "KRW",
  status: "completed",
  paymentStatus: "paid",
  accountId: "acc_somebody",
  account_id: "acc_somebody",
  userId: "acc_somebody",
  user_id: "acc_somebody",
  ownerAccountId: "acc_somebody",
  role: "admin",
  isAdmin: true,
  isAnonymous: false,
  expiresAt: "2099-01-01T00:00:00Z",
  snapshot: {},
};

const text = fc.oneof(
  fc.constantFrom(...payloads),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 100 }),
  fc.constantFrom(...unkeepable),
  fc.constantFrom("", " ", "x".repeat(70_000), "9".repeat(400), "NaN", "null"),
);

const number = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324, 99_999_999_999),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);

const leaf = fc.oneof(text, number, fc.boolean(), fc.constant(null));

/** JSON of any kind, some of it deep and some of it wide. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: leaf },
  { weight: 2, arbitrary: fc.array(leaf, { maxLength: 4 }) },
  { weight: 2, arbitrary: fc.dictionary(fc.oneof(text, fc.constantFrom(...prototypeKeys)), leaf, { maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(nested(50), nested(3_000), Array(5_000).fill(0)) },
);

export const hostileText = text;

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Numbers that JSON can carry and JavaScript cannot, and other text that is JSON all the same, or almost. */
export const rawBodies: readonly string[] = [
  `{"quantity":1e400}`,
  `{"quantity":-1e400}`,
  `{"quantity":0.1e-999}`,
  `{"quantity":12345678901234567890123}`,
  `{"__proto__":{"isAdmin":true}}`,
  `{"constructor":{"prototype":{"isAdmin":true}}}`,
  `{"a":1,"a":2}`,
  `[]`,
  `null`,
  `"text"`,
  `1`,
  `true`,
  `{`,
  `{"a":`,
  `\uFEFF{}`,
  `{"a":"\\ud800"}`,
  `{"a":"\\u0000"}`,
  `${"[".repeat(60_000)}${"]".repeat(60_000)}`,
  `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
];
