/** What carriers call themselves, by the code that is kept of them. */
const names: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bluecrate: "Bluecrate",
    swiftpost: "SwiftPost",
    ups: "UPS",
    usps: "USPS",
    fedex: "FedEx",
    dhl: "DHL",
    ontrac: "OnTrac",
    lasership: "LaserShip",
  }),
);

/** A carrier as people know it; of one that is not here, its code as a name. */
export function carrierName(code: string): string {
  const words = code.split(/[-_]/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return names.get(code) ?? words.join(" ");
}
