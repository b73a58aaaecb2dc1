/**
 * The states' own general sales tax rates, in basis points (no county or city part). What is not named has none.
 * Source: Federation of Tax Administrators, "State Sales Tax Rates", January 2026.
 */
const stateRatesBp: Readonly<Record<string, number>> = {
  AL: 400,
  AR: 650,
  AZ: 560,
  CA: 725,
  CO: 290,
  CT: 635,
  DC: 600,
  FL: 600,
  GA: 400,
  HI: 400,
  IA: 600,
  ID: 600,
  IL: 625,
  IN: 700,
  KS: 650,
  KY: 600,
  LA: 500,
  MA: 625,
  MD: 600,
  ME: 550,
  MI: 600,
  MN: 688,
  MO: 423,
  MS: 700,
  NC: 475,
  ND: 500,
  NE: 550,
  NJ: 663,
  NM: 488,
  NV: 685,
  NY: 400,
  OH: 575,
  OK: 450,
  PA: 600,
  RI: 700,
  SC: 600,
  SD: 420,
  TN: 700,
  TX: 625,
  UT: 610,
  VA: 530,
  VT: 600,
  WA: 650,
  WI: 500,
  WV: 600,
  WY: 400,
};

/** Basis points of sales tax where this goes to; 0 for a state without one. */
export function salesTaxBpOf(state: string): number {
  return stateRatesBp[state] ?? 0;
}
