import assert from "node:assert/strict";
import { test } from "node:test";
import { addressMessages } from "@muse/contracts/address";
import { checkAddress, stateOfZip, type CheckedAddress } from "./index.ts";

const good = {
  name: "Sasha Shopper",
  address1: "350 5th Ave",
  city: "New York",
  state: "NY",
  zip: "10118",
  country: "US",
};
type Typed = Parameters<typeof checkAddress>[0];
const check = (over: Partial<Typed>): CheckedAddress => checkAddress({ ...good, ...over });
const problems = (checked: CheckedAddress): string[] =>
  checked.kind === "valid" ? [] : checked.fields.map(({ field, code }) => `${field}:${code}`);

test("a good address stays exactly as typed and needs no correction", () => {
  assert.deepEqual(check({ phone: "(212) 736-3100", email: "sasha@example.com", address2: "" }), {
    kind: "valid",
    address: { ...good, address2: null, phone: "(212) 736-3100" },
    corrected: null,
    email: "sasha@example.com",
  });
});

const invalid: readonly (readonly [string, Partial<Typed>, readonly string[]])[] = [
  [
    "nothing at all",
    { name: " ", address1: "", city: "\t", state: "", zip: "" },
    ["name:required", "address1:required", "city:required", "state:required", "zip:required"],
  ],
  ["another country", { country: "KR" }, ["country:country_not_served"]],
  ["a state that is none", { state: "New Yorkshire" }, ["state:state_unknown"]],
  ["a territory", { state: "PR", zip: "00901" }, ["state:state_not_served"]],
  ["military post", { state: "AE", zip: "09012" }, ["state:state_not_served"]],
  ["a short ZIP", { zip: "1011" }, ["zip:zip_format"]],
  ["a ZIP with letters", { zip: "1O118" }, ["zip:zip_format"]],
  ["a ZIP that is not in use", { zip: "00012" }, ["zip:zip_unknown"]],
  ["a ZIP of another state", { zip: "90210" }, ["zip:zip_state_mismatch"]],
  ["a name no carrier prints", { name: "김사샤" }, ["name:characters"]],
  ["markup", { address1: "<b>350</b>" }, ["address1:characters"]],
  ["punctuation alone", { city: "---" }, ["city:characters"]],
  ["an endless line", { address2: "x".repeat(101) }, ["address2:too_long"]],
  ["a phone number too short", { phone: "555-1234" }, ["phone:phone_format"]],
  ["a phone number of no area", { phone: "012 345 6789" }, ["phone:phone_format"]],
  ["words for a phone number", { phone: "call me" }, ["phone:phone_format"]],
  ["an address for an e-mail", { email: "sasha at example" }, ["email:email_format"]],
];
for (const [what, over, expected] of invalid) {
  test(`${what} is refused by field`, () => {
    const checked = check(over);
    assert.deepEqual(problems(checked), expected);
    assert.ok(checked.kind === "invalid");
    for (const { code, messageKey } of checked.fields) {
      assert.equal(messageKey, `address.${code}`);
      assert.ok(addressMessages[code].ko.length > 0);
    }
  });
}

const accepted: readonly (readonly [string, Partial<Typed>])[] = [
  ["a post box", { address1: "PO Box 1234" }],
  ["ZIP+4", { zip: "10118-0110" }],
  ["a state by name", { state: "new york" }],
  ["a state with dots", { state: "N.Y." }],
  ["an international phone", { phone: "+82 10-1234-5678" }],
  ["a phone with its 1", { phone: "+1 212 736 3100" }],
  ["accents", { name: "Zoë Núñez-O'Brien" }],
  ["an island of New York under a Connecticut prefix", { zip: "06390" }],
  ["the country by name", { country: "United States" }],
  ["the capital", { state: "Washington DC", zip: "20500", city: "Washington" }],
];
for (const [what, over] of accepted) test(`${what} is taken`, () => assert.deepEqual(problems(check(over)), []));

test("codes are brought to the form others compute with; words are never changed silently", () => {
  const checked = check({
    state: " new  york ",
    zip: "101180110",
    country: "usa",
    address1: "  350   5th ave. ",
    city: "NEW YORK",
    address2: "apt. 4b",
  });
  assert.ok(checked.kind === "valid");
  assert.deepEqual(checked.address, {
    name: "Sasha Shopper",
    address1: "350 5th ave.",
    address2: "apt. 4b",
    city: "NEW YORK",
    state: "NY",
    zip: "10118-0110",
    country: "US",
    phone: null,
  });
  assert.deepEqual(checked.corrected, {
    ...checked.address,
    address1: "350 5th Ave",
    address2: "Apt 4B",
    city: "New York",
  });
});

const tidied: readonly (readonly [string, string])[] = [
  ["123 MAIN STREET", "123 Main St"],
  ["p.o. box 9", "PO Box 9"],
  ["12 court square", "12 Court Sq"],
  ["court square 12", "Court Sq 12"],
  ["9 elm street apartment 3c", "9 Elm St Apt 3C"],
  ["1600 pennsylvania avenue nw", "1600 Pennsylvania Ave NW"],
  ["77 McAllister st", "77 McAllister St"],
  ["5 o'neil rd", "5 O'Neil Rd"],
  ["42ND st", "42nd St"],
];
for (const [typed, label] of tidied) {
  test(`"${typed}" is offered as "${label}"`, () => {
    const checked = check({ address1: typed });
    assert.ok(checked.kind === "valid");
    assert.equal(checked.corrected?.address1, label);
  });
}

test("a line with nothing wrong but a suffix written out is not worth a question", () => {
  const checked = check({ address1: "350 Fifth Avenue", city: "St. Louis", state: "MO", zip: "63101" });
  assert.ok(checked.kind === "valid");
  assert.equal(checked.corrected, null);
});

test("a ZIP code tells its state where we deliver", () => {
  const states = ["10001", "90210", "06390", "82935", "59001-1234", "00901", "00000", "abc", "99950", "20500"].map(
    stateOfZip,
  );
  assert.deepEqual(states, ["NY", "CA", "NY", "WY", "MT", null, null, null, "AK", "DC"]);
});
