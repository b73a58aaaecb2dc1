"use client";

import { useTranslations } from "next-intl";

/** A code of the books as the desk says it; one that has no words yet is shown as it is. */
export function useMoneyCode(group: "difference" | "reason" | "mail" | "providerName"): (code: string) => string {
  const t = useTranslations(`money.${group}`);
  return (code) => {
    const key = code as never;
    return t.has(key) ? t(key) : code;
  };
}
