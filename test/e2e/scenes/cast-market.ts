/** Who sells files and who buys them, and who pays in won. */
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import { openSandbox } from "../../faults/sandbox.ts";
import type { Person } from "./person.ts";
import { addressed, card, once, signUp, type PlacedOrder, type Stage } from "./stage.ts";

export type Market = {
  /** Signed in, and has not signed up to sell. */
  readonly applicant: () => Promise<Person>;
  /** Has signed up to sell, and nothing else. */
  readonly beginner: () => Promise<Person>;
  readonly seller: () => Promise<Seller>;
  /** Owns two files of the seller's, and agreed to have one of them at once. */
  readonly owner: () => Promise<Owner>;
  /** Things of a store and a file, paid at once. */
  readonly both: () => Promise<Owner>;
  /** A file for won in the cart. */
  readonly wonCart: () => Promise<Person>;
  /** Was given an account to pay into, and has not. */
  readonly depositor: () => Promise<{ readonly person: Person; readonly sessionId: string }>;
  /** The seller's edition, bought for won. */
  readonly soldForWon: () => Promise<void>;
};

export type Seller = {
  readonly person: Person;
  readonly published: string;
  readonly limited: string;
  readonly draft: string;
};

export type Owner = { readonly person: Person; readonly sessionId: string; readonly orders: readonly PlacedOrder[] };

export function marketOf(stage: Stage): Market {
  const seller = once(async () => await openShop(stage));
  return {
    applicant: once(async () => await withAccount(stage, "Avery Applicant")),
    beginner: once(async () => await newSeller(stage, "Bo Beginner")),
    seller,
    owner: once(async () => await ownerOf(stage, await seller())),
    both: once(async () => await buyBoth(stage, await seller())),
    wonCart: once(async () => await withWon(stage)),
    depositor: once(async () => await depositor(stage)),
    soldForWon: once(async () => await sellForWon(stage, await seller())),
  };
}

async function withAccount({ newcomer }: Stage, name: string): Promise<Person> {
  const person = await newcomer();
  await signUp(person, name);
  return person;
}

async function newSeller(stage: Stage, name: string): Promise<Person> {
  const person = await withAccount(stage, name);
  await person.call("POST /api/v1/seller", { displayName: name, contractVersion: sellerContractVersion });
  return person;
}

async function openShop(stage: Stage): Promise<Seller> {
  const person = await newSeller(stage, "Hana Type");
  const published = await makeProduct(person, {
    title: "Han River Grotesk",
    description: "Six weights for long texts and small captions, with Hangul and Latin drawn as one.",
    currency: "USD",
    priceCents: 1_250,
  });
  const limited = await makeProduct(person, {
    title: "한강 물결 무늬",
    description:
      "이어 붙일 수 있는 무늬 그림입니다. 포장지와 바탕 화면으로 쓰기 좋은 크기이며, 백 명에게만 판매합니다.",
    currency: "KRW",
    priceCents: 12_000,
    editionLimit: 100,
  });
  for (const productId of [published, limited]) {
    await addFile(person, productId, productId === published ? "han-river-grotesk.zip" : "물결-무늬.zip");
    await person.call(`POST /api/v1/seller/products/${productId}/publish`, {});
  }
  const draft = await makeProduct(person, { title: "Bukchon Mono", currency: "USD", priceCents: 900 });
  return { person, published, limited, draft };
}

type Wish = {
  readonly title: string;
  readonly description?: string;
  readonly currency: "USD" | "KRW";
  readonly priceCents: number;
  readonly editionLimit?: number;
};

async function makeProduct(person: Person, wish: Wish): Promise<string> {
  return (await person.call<{ productId: string }>("POST /api/v1/seller/products", wish)).productId;
}

/** By its first four bytes a ZIP archive: uploads are told apart by those. */
const archive = Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.alloc(60_000, 7)]);

async function addFile(person: Person, productId: string, name: string): Promise<void> {
  const { uploadId } = await person.call<{ uploadId: string }>(`POST /api/v1/seller/products/${productId}/uploads`, {
    name,
    sizeBytes: archive.length,
  });
  await person.call(`PUT /api/v1/seller/uploads/${uploadId}/pieces/0`, archive);
  await person.call(`POST /api/v1/seller/uploads/${uploadId}/finish`, {});
}

async function ownerOf(stage: Stage, { published }: Seller): Promise<Owner> {
  const person = await withAccount(stage, "Olive Owner");
  const another = await digital(stage, "USD", published);
  return await payFor(person, { productIds: [published, another] });
}

async function payFor(person: Person, asked: object): Promise<Owner> {
  const { sessionId } = await person.call<{ sessionId: string }>("POST /api/v1/checkout/sessions", asked);
  const session = `/api/v1/checkout/sessions/${sessionId}`;
  await person.call(`PUT ${session}/email`, { email: person.email });
  await person.call(`PUT ${session}/payment`, card);
  const { orders } = await person.call<{ orders: PlacedOrder[] }>(`POST ${session}/place`, {});
  return { person, sessionId, orders };
}

async function buyBoth(stage: Stage, { published }: Seller): Promise<Owner> {
  const person = await stage.newcomer();
  await putIn(person, published);
  const { sessionId } = await addressed(stage, ["harbor-main"], person);
  const session = `/api/v1/checkout/sessions/${sessionId}`;
  await person.call(`PUT ${session}/payment`, card);
  const { orders } = await person.call<{ orders: PlacedOrder[] }>(`POST ${session}/place`, {});
  return { person, sessionId, orders };
}

async function digital({ database }: Stage, currency: "USD" | "KRW", besides = ""): Promise<string> {
  const { rows } = await database.query<{ productId: string }>(
    `select product_id as "productId" from catalog.product
     where kind = 'digital' and is_active and currency = $1 and product_id <> $2 order by created_at, product_id limit 1`,
    [currency, besides],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`nobody sells a file for ${currency}`);
  return row.productId;
}

async function withWon(stage: Stage): Promise<Person> {
  const person = await stage.newcomer();
  await putIn(person, await digital(stage, "KRW"));
  return person;
}

async function putIn(person: Person, productId: string): Promise<void> {
  const { variants } = await person.call<{ variants: { variantId: string }[] }>(
    `GET /api/v1/catalog/products/${productId}`,
  );
  const items = variants.slice(0, 1).map(({ variantId }) => ({ productId, variantId, quantity: 1 }));
  await person.call("POST /api/v1/cart/items/batch", { items });
}

async function depositor(stage: Stage) {
  const person = await withWon(stage);
  return { person, sessionId: await payInWon(stage, person, "VIRTUAL_ACCOUNT", {}) };
}

async function sellForWon(stage: Stage, { limited }: Seller): Promise<void> {
  const person = await withAccount(stage, "Won Woo");
  await payInWon(stage, person, "CARD", { productIds: [limited] });
}

type TossMethod = Parameters<ReturnType<typeof openSandbox>["agreeAtToss"]>[0]["method"];

/** Answers the session. */
async function payInWon(stage: Stage, person: Person, method: TossMethod, asked: object): Promise<string> {
  const { sessionId } = await person.call<{ sessionId: string }>("POST /api/v1/checkout/sessions", asked);
  const session = `/api/v1/checkout/sessions/${sessionId}`;
  await person.call(`PUT ${session}/email`, { email: person.email });
  await person.call(`PUT ${session}/payment`, { onStoreFailure: "ship_what_you_can" });
  const { orderId, amountCents } = await person.call<{ orderId: string; amountCents: number }>(
    `POST ${session}/toss`,
    {},
  );
  const sandbox = openSandbox(stage.system.sandboxUrl);
  const paymentKey = await sandbox.agreeAtToss({ orderId, amount: amountCents, method });
  await person.call("POST /api/payments/toss/confirm", { paymentKey, orderId, amount: amountCents });
  return sessionId;
}
