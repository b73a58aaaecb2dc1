import type { Language } from "@muse/contracts/error";

/** The language a reader prefers among ours, from `Accept-Language`. English where nothing is said. */
export function languageOf(header: string | undefined): Language {
  // Nearly every request names one of ours first; only the rest needs its weights read.
  if (header === undefined || header.startsWith("en")) return "en";
  if (header.startsWith("ko")) return "ko";
  const preferred = header
    .slice(0, headerLengthMax)
    .split(",")
    .map(choice)
    .filter(({ tag }) => tag === "en" || tag === "ko")
    .sort((a, b) => b.weight - a.weight);
  return preferred[0]?.tag === "ko" ? "ko" : "en";
}

/** Browsers send less than a hundred characters; the rest is somebody's experiment. */
const headerLengthMax = 300;

function choice(part: string): { tag: string; weight: number } {
  const [range = "", ...parameters] = part.split(";");
  const q = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("q="));
  const weight = q === undefined ? 1 : Number(q.slice(2));
  return { tag: range.trim().toLowerCase().split("-")[0] ?? "", weight: Number.isNaN(weight) ? 0 : weight };
}
