import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { kiteCo } from "../kite-co/recipe.ts";
import type { BrowserConnector } from "./browser-port.ts";
import { openBrowserHouse, type BrowserHouse } from "./house.ts";
import { Stop } from "./stop.ts";
import type { Walk } from "./walk.ts";

/** A newsletter that opens over everything, and takes the keys, while somebody types. */
const page = `<!doctype html><title>Shop</title>
  <label>Name <input name="name"></label> <label>ZIP <input name="zip"></label> <label>Phone <input name="phone"></label> <label>Card <input name="short" maxlength="3"></label>
  <dialog><button onclick="this.closest('dialog').close()">Close</button></dialog>
  <script>
    const [name, zip, phone] = document.querySelectorAll("input");
    const cover = (length) => ({ target }) => {
      if (target.value.length === length) document.querySelector("dialog").showModal();
    };
    name.addEventListener("input", cover(4));
    zip.addEventListener("input", cover(3));
    phone.oninput = () => (phone.value = phone.value.replace(/\\D/g, "").replace(/^(\\d{3})(\\d+)$/, "($1) $2"));
  </script>`;
const connector: BrowserConnector = {
  ...kiteCo,
  signs: [],
  covers: [{ shown: (shop) => shop.getByRole("dialog"), close: (shop) => shop.getByRole("button", { name: "Close" }) }],
};

const folder = mkdtempSync(join(tmpdir(), "muse-typing-"));
const shop = createServer((_request, response) => response.setHeader("content-type", "text/html").end(page));
let house: BrowserHouse;
let baseUrl = "";
before(async () => {
  chmodSync(folder, 0o711);
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const address = shop.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const chromiumPath = process.env["CHROMIUM_PATH"];
  const pace = { keyMs: 20, pauseMs: 0 };
  house = await openBrowserHouse({ profilesFolder: join(folder, "profiles"), browsersMax: 1, chromiumPath, pace });
});
after(async () => {
  await house.close();
  shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const visit = async (work: (walk: Walk) => Promise<void>): Promise<void> => {
  const access = { storeId: "a", baseUrl, credentials: {} };
  const signal = AbortSignal.timeout(60_000);
  const spec = { connector, access, kind: "place", signal, evidenceFolder: null, words: [] };
  await house.visit(spec, async (walk) => {
    await walk.open(baseUrl);
    await work(walk);
  });
};

test("what is typed is in its field, also when something came over the page and took the keys", async () => {
  await visit(async (walk) => {
    const zip = walk.page.getByLabel("ZIP");
    await walk.type(zip, "97201");
    assert.equal(await zip.inputValue(), "97201");
    // The space closes it: nothing but the space is missing.
    const name = walk.page.getByLabel("Name");
    await walk.type(name, "Dana Mae");
    assert.equal(await name.inputValue(), "Dana Mae");
  });
});

test("a field may write in its own way what was typed, and may not leave any of it out", async () => {
  await visit(async (walk) => {
    const phone = walk.page.getByLabel("Phone");
    await walk.type(phone, "212-500-0142");
    assert.equal(await phone.inputValue(), "(212) 5000142");
    const typing = walk.type(walk.page.getByLabel("Card"), "12345");
    await assert.rejects(typing, (stop) => stop instanceof Stop && stop.message.startsWith("page_changed"));
  });
});
