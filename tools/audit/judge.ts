/** What an audit of the dependencies came to. `absent`: it did not take place, so nothing is known. */
export type Verdict =
  | { readonly kind: "clean"; readonly packages: number }
  | { readonly kind: "found"; readonly findings: readonly string[] }
  | { readonly kind: "absent"; readonly why: string };

const grave = ["high", "critical"];

/** Reads what `npm audit --json` wrote: findings, a clean bill, or an error in place of both. */
export function judge(output: string): Verdict {
  const said = parsed(output);
  if (said === null) return { kind: "absent", why: "npm said nothing that can be read" };
  const { vulnerabilities, metadata } = said;
  if (!isRecord(vulnerabilities) || !isRecord(metadata)) return { kind: "absent", why: whyAbsent(said) };
  const findings = Object.values(vulnerabilities)
    .filter(isRecord)
    .filter(({ severity }) => grave.includes(String(severity)))
    .map(
      ({ name, severity, range, via }) => `${String(severity)}: ${String(name)} ${String(range)} (${titlesOf(via)})`,
    );
  if (findings.length > 0) return { kind: "found", findings };
  const { dependencies } = metadata;
  return { kind: "clean", packages: isRecord(dependencies) ? Number(dependencies["prod"] ?? 0) : 0 };
}

function whyAbsent(said: Record<string, unknown>): string {
  const { message, error } = said;
  if (typeof message === "string" && message !== "") return message;
  const summary = isRecord(error) ? error["summary"] : undefined;
  return typeof summary === "string" && summary !== "" ? summary : "the registry answered something else";
}

function titlesOf(via: unknown): string {
  const titles = Array.isArray(via) ? via.map((one) => (isRecord(one) ? one["title"] : one)) : [];
  return titles.length === 0 ? "no title" : titles.map(String).join("; ");
}

function parsed(output: string): Record<string, unknown> | null {
  try {
    const said: unknown = JSON.parse(output);
    return isRecord(said) ? said : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
