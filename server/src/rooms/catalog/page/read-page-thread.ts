/**
 * Unpacks and reads pages, one after the other. A thread of its own, with a heap of its own: a page is a stranger's,
 * and a megabyte of brackets is a hundred of objects.
 */
import { parentPort } from "node:worker_threads";
import { must } from "#kernel/assert.ts";
import type { Currency } from "#kernel/money.ts";
import { unpackPage, type PackedPage } from "#platform/outbound/unpack-page.ts";
import { isOfStore, type StoreAddress } from "../store-of-page.ts";
import { readProductPage, type PageReading } from "./read-product.ts";

export type PageTask = PackedPage & { readonly url: string; readonly store: StoreAddress };
export type PageAnswer = PageReading | { readonly kind: "too_large" | "not_html" };

const port = must(parentPort, "a thread of the API's");
port.on("message", (task: PageTask) => {
  // What it throws is a bug, and ends the thread: whoever waits is told.
  void read(task).then((answer) => port.postMessage(answer));
});
// All that it needs is loaded.
port.postMessage("ready");

async function read({ url, store, ...packed }: PageTask): Promise<PageAnswer> {
  const page = await unpackPage(packed);
  if (page.kind !== "html") return page;
  return readProductPage({
    html: page.html,
    url,
    currency: store.currency as Currency,
    isOfStore: (each) => isOfStore(each, store),
  });
}
