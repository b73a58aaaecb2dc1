const query = new URLSearchParams(location.search);

/** Toss's frames speak Korean unless the shop's page is in English. */
export const isEnglish = query.get("locale") === "en";

/** Tells the script in the shop's page, which alone may hear it. */
export function tell(said: object): void {
  parent.postMessage({ toss: query.get("frame"), ...said }, query.get("origin") ?? "");
}
