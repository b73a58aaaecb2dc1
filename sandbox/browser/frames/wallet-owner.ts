/** The one person who owns the test wallets, and everything in them. */
export const owner = { name: "Jamie Rivera", email: "jamie.rivera@example.com", phone: "+1 415 555 0132" } as const;

export type Address = {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly state: string;
  readonly postal_code: string;
  readonly country: string;
};

export const addresses: readonly Address[] = [
  {
    line1: "601 Van Ness Ave",
    line2: "Apt 12",
    city: "San Francisco",
    state: "CA",
    postal_code: "94102",
    country: "US",
  },
  { line1: "209 Joralemon St", line2: null, city: "Brooklyn", state: "NY", postal_code: "11201", country: "US" },
  { line1: "100 Queen St W", line2: null, city: "Toronto", state: "ON", postal_code: "M5H 2N2", country: "CA" },
  { line1: "세종대로 110", line2: "1층", city: "중구", state: "서울특별시", postal_code: "04524", country: "KR" },
];

/** Cards by their test tokens: one that pays, one whose bank asks, one that is declined. */
export const cards = [
  { token: "tok_visa", label: "Visa •••• 4242" },
  { token: "tok_threeDSecure2Required", label: "Visa •••• 3220 (3D Secure)" },
  { token: "tok_chargeDeclined", label: "Visa •••• 0002 (declined)" },
] as const;

export function addressLine(address: Address): string {
  const { line1, line2, city, state, postal_code: postalCode, country } = address;
  const street = line2 === null ? line1 : `${line1}, ${line2}`;
  return country === "KR"
    ? `${state} ${city} ${street} (${postalCode})`
    : `${street}, ${city}, ${state} ${postalCode}, ${country}`;
}
