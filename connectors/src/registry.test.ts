import assert from "node:assert/strict";
import { test } from "node:test";

import { browserConnectors, connectors } from "./registry.ts";

test("every connector stands under its own name, and no name in both lists", () => {
  for (const [name, connector] of [...Object.entries(connectors), ...Object.entries(browserConnectors)])
    assert.equal(connector.name, name);
  assert.deepEqual(
    Object.keys(connectors).filter((name) => Object.hasOwn(browserConnectors, name)),
    [],
  );
});
