import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { createHttp } from "./http.ts";
import { OutboundError } from "./port.ts";
import { isPublicAddress } from "./public-address.ts";

test("this machine, the networks behind it and the cloud's own addresses are not public", () => {
  const closed = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "[::1]",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "localhost",
    "",
  ];
  for (const address of closed) assert.equal(isPublicAddress(address), false, address);
  for (const address of ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "[2606:4700::1111]"]) {
    assert.equal(isPublicAddress(address), true, address);
  }
});

const inner = createServer((request, response) => response.end(request.url === "/won" ? "₩" : "secret"));
inner.listen(0, "127.0.0.1");
await once(inner, "listening");
after(() => inner.close());
const { port } = inner.address() as AddressInfo;
const outside = createHttp({ connectTimeoutMs: 1_000, isAddressAllowed: isPublicAddress });
const anywhere = createHttp({ connectTimeoutMs: 1_000 });

test("however an inner address is written, a sender that keeps outside does not connect to it", async () => {
  const disguises = [
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    `http://2130706433:${port}/`,
    `http://0x7f.1:${port}/`,
    `http://0177.0.0.1:${port}/`,
    `http://127.1:${port}/`,
    `http://[::1]:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://0/`,
    `http://169.254.169.254/latest/meta-data/`,
    `http://user@127.0.0.1:${port}/`,
  ];
  for (const url of disguises) {
    const refused = outside({ method: "GET", url, timeoutMs: 2_000 });
    await assert.rejects(refused, (error) => error instanceof OutboundError && !error.submitted, url);
  }
  assert.equal((await anywhere({ method: "GET", url: `http://127.0.0.1:${port}/`, timeoutMs: 2_000 })).body, "secret");
});

test("a name is looked up once for each connection, and the answer that was looked at is the one connected to", async () => {
  // Two machines of one name: to the test the second loopback address is the open internet, the first one is inside.
  const outer = createServer((_, response) => response.setHeader("connection", "close").end("open"));
  outer.listen(port, "127.0.0.2");
  await once(outer, "listening");
  after(() => outer.close());
  const answers = [["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1", "127.0.0.2"]];
  let times = 0;
  const rebound = createHttp({
    connectTimeoutMs: 1_000,
    isAddressAllowed: (address) => address === "127.0.0.2",
    lookUpName: (_hostname, _options, done) => {
      const addresses = answers[times] ?? [];
      times += 1;
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    },
  });
  const ask = () => rebound({ method: "GET", url: `http://rebound.example:${port}/`, timeoutMs: 2_000 });
  assert.equal((await ask()).body, "open");
  await assert.rejects(ask(), (error) => error instanceof OutboundError && error.reason === "address_closed");
  assert.equal((await ask()).body, "open", "of several only the open ones are tried");
  assert.equal(times, 3);
});

test("an answer is read as far as it may be, byte by byte where that is asked for", async () => {
  const small = createHttp({ connectTimeoutMs: 1_000, bodyBytesMax: 5 });
  const url = `http://127.0.0.1:${port}/`;
  await assert.rejects(
    small({ method: "GET", url, timeoutMs: 2_000 }),
    (error) => error instanceof OutboundError && error.reason === "too_large",
  );
  const bytes = createHttp({ connectTimeoutMs: 1_000, bodyEncoding: "latin1" });
  const { body } = await bytes({ method: "GET", url: `${url}won`, timeoutMs: 2_000 });
  assert.equal(Buffer.from(body, "latin1").toString(), "₩");
});

test("nothing but the web is asked: no files, no data", async () => {
  for (const url of ["file:///etc/passwd", "data:text/plain,x", "ftp://1.1.1.1/", "gopher://1.1.1.1/", "nonsense"]) {
    await assert.rejects(anywhere({ method: "GET", url, timeoutMs: 1_000 }), OutboundError, url);
  }
});
