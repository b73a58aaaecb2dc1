import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { masterKeyFrom, newMasterKey, openCredential, sealCredential } from "./credential.ts";
import { openMasterKey } from "./master-key-file.ts";

const master = must(masterKeyFrom(newMasterKey()), "a new key is a key");
const owner = { storeId: "harbor-main", purpose: "api" } as const;

test("P4: what is sealed opens with the same master key, and twice the same text looks different", () => {
  const first = sealCredential(master, owner, "sécret ✓");
  const second = sealCredential(master, owner, "sécret ✓");
  assert.deepEqual(openCredential(master, owner, first), { kind: "opened", text: "sécret ✓" });
  assert.notDeepEqual(first.sealed, second.sealed);
  assert.notDeepEqual(first.wrappedKey, second.wrappedKey);
  assert.ok(!first.sealed.includes("sécret"));
  assert.deepEqual(openCredential(master, owner, sealCredential(master, owner, "")), { kind: "opened", text: "" });
});

test("P4: one changed bit anywhere keeps it shut", () => {
  const row = sealCredential(master, owner, "secret");
  for (const part of ["sealed", "wrappedKey"] as const) {
    for (let at = 0; at < row[part].length; at += 1) {
      const bytes = Buffer.from(row[part]);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      assert.deepEqual(openCredential(master, owner, { ...row, [part]: bytes }), { kind: "tampered" }, `${part} ${at}`);
    }
    assert.deepEqual(openCredential(master, owner, { ...row, [part]: row[part].subarray(0, 20) }), {
      kind: "tampered",
    });
  }
});

test("P4: another master key, another store or another purpose does not open it", () => {
  const row = sealCredential(master, owner, "secret");
  const other = must(masterKeyFrom(newMasterKey()), "another key");
  assert.deepEqual(openCredential(other, owner, row), { kind: "other_master_key" });
  assert.deepEqual(openCredential(other, owner, { ...row, masterKeyId: other.id }), { kind: "tampered" });
  assert.deepEqual(openCredential(master, { ...owner, storeId: "fernwood" }, row), { kind: "tampered" });
  assert.deepEqual(openCredential(master, { ...owner, purpose: "webhook" }, row), { kind: "tampered" });
});

test("a master key is 32 bytes and nothing else", () => {
  for (const length of [0, 16, 31, 33]) assert.equal(masterKeyFrom(Buffer.alloc(length)), null);
});

test("without a configured key, development keeps one in its data directory, readable by its owner alone", (t) => {
  const dir = mkdtempSync(join(tmpdir(), "muse-key-"));
  t.after(() => rmSync(dir, { recursive: true }));
  const dataDir = join(dir, "data");
  const made = openMasterKey({ masterKey: null, dataDir, isProduction: false });
  assert.equal(openMasterKey({ masterKey: null, dataDir, isProduction: false }).id, made.id);
  assert.equal(statSync(join(dataDir, "master-key")).mode & 0o077, 0);

  const given = newMasterKey();
  assert.equal(openMasterKey({ masterKey: given, dataDir, isProduction: true }).id, masterKeyFrom(given)?.id);
  assert.throws(() => openMasterKey({ masterKey: null, dataDir, isProduction: true }), /MUSE_MASTER_KEY is missing/);
  writeFileSync(join(dataDir, "master-key"), "half a k");
  assert.throws(
    () => openMasterKey({ masterKey: null, dataDir, isProduction: false }),
    /master-key does not hold a key/,
  );
  assert.throws(
    () => openMasterKey({ masterKey: null, dataDir: join(dataDir, "master-key"), isProduction: false }),
    /cannot be kept/,
  );
});
