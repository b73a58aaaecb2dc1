import type { Language } from "../shared/words.ts";

/** ISO 3166 codes that cards are issued in. */
const codes =
  "AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO " +
  "CR CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GW GY HK HN HR " +
  "HT HU ID IE IL IM IN IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK " +
  "ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PM PR PS PT PY QA RE RO RS " +
  "RU RW SA SB SC SE SG SH SI SK SL SM SN SO SR SS ST SV SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE " +
  "VG VN VU WF WS YE YT ZA ZM ZW";

/** Where banks check a postal code, so that the fields ask for one. */
const asksPostalCode: readonly string[] = ["US", "GB", "CA", "PR"];

export function countriesByName(language: Language): readonly { readonly code: string; readonly name: string }[] {
  const names = new Intl.DisplayNames([language], { type: "region" });
  return codes
    .split(" ")
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((left, right) => left.name.localeCompare(right.name, language));
}

export function wantsPostalCode(country: string): boolean {
  return asksPostalCode.includes(country);
}
