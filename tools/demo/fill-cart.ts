import { Cart, ItemAdded } from "@muse/contracts/cart";
import { ProductList, ProductView } from "@muse/contracts/catalog";
import { DemoError, type Client } from "./api.ts";
import { aligned, counted } from "./page.ts";
import type { Show } from "./show.ts";

export type Wish = {
  readonly storeId: string;
  readonly title: string;
  /** Null where the product has one size, or one colour. */
  readonly size: string | null;
  readonly color: string | null;
};

/** What is put into the cart: two things of each of two stores, or one of a web shop that has no API. */
export const twoStores: readonly Wish[] = [
  { storeId: "harbor-main", title: "Wool-Blend Overcoat", size: "M", color: null },
  { storeId: "harbor-main", title: "Brushed Merino Scarf", size: null, color: null },
  { storeId: "harbor-outlet", title: "Pebbled Leather Tote", size: null, color: null },
  { storeId: "harbor-outlet", title: "Reversible Dress Belt", size: "M", color: null },
];
export const webShop: readonly Wish[] = [
  { storeId: "lumen-home", title: "Pivot Desk Lamp", size: null, color: "Sage" },
];

/** Looks for the goods as a shopper does, by words, and puts them into the cart, which makes the visitor an account. */
export async function fillCart({ page, visitor }: Show, wishes: readonly Wish[]): Promise<Cart> {
  return await page.step("A visitor, not signed in, fills a cart", async () => {
    for (const wish of wishes) {
      const { productId, variantId } = await findVariant(visitor, wish);
      await visitor.get("POST /api/v1/cart/items", ItemAdded, { productId, variantId, quantity: 1 });
    }
    const cart = await visitor.get("GET /api/v1/cart", Cart);
    return { done: cart, lines: linesOf(cart) };
  });
}

async function findVariant(visitor: Client, wish: Wish): Promise<{ productId: string; variantId: string }> {
  const query = new URLSearchParams({ store: wish.storeId, query: wish.title, limit: "5" });
  const { products } = await visitor.get(`GET /api/v1/catalog/products?${query.toString()}`, ProductList);
  const tile = products.find(({ title }) => title === wish.title);
  if (tile === undefined) throw new DemoError(`${wish.storeId} sells no "${wish.title}": is the database seeded?`);
  const { variants } = await visitor.get(`GET /api/v1/catalog/products/${tile.productId}`, ProductView);
  const variant = variants.find(
    ({ size, color }) => (wish.size === null || size === wish.size) && (wish.color === null || color === wish.color),
  );
  if (variant === undefined) throw new DemoError(`"${wish.title}" is not there in ${wish.size ?? wish.color}`);
  return { productId: tile.productId, variantId: variant.variantId };
}

function linesOf({ stores, summary }: Cart): string[] {
  const lines = stores.flatMap((store) => [
    aligned([[store.storeName, 56]], store.subtotalDisplay),
    ...store.items.map((item) => {
      const kind = [item.color, item.size].filter((part) => part !== null).join(", ");
      return aligned(
        [
          ["", 2],
          [item.title, 26],
          [kind, 12],
          [`× ${item.quantity}`, 13],
        ],
        item.lineTotalDisplay,
      );
    }),
  ]);
  const count = `${counted(summary.storeCount, "store")}, ${counted(summary.totalItemCount, "item")}`;
  return [...lines, aligned([[count, 56]], summary.subtotalDisplay ?? "")];
}
