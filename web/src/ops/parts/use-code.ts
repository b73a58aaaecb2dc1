"use client";

import { useTranslations } from "next-intl";

type CodeGroup = "why" | "attempt" | "placement" | "refund" | "payment" | "action" | "method" | "orderStatus" | "event";

/** A code as the desk says it; one that has no words yet is shown as it is. */
export function useCode(group: CodeGroup): (code: string) => string {
  const t = useTranslations(`ops.code.${group}`);
  // Codes may hold dots, which part keys from each other.
  return (code) => {
    const key = code.replaceAll(".", "_") as never;
    return t.has(key) ? t(key) : code;
  };
}
