"use client";

import dynamic from "next/dynamic";

const KoreanFont = dynamic(() => import("./korean-font.tsx").then((module) => module.KoreanFont));

/** Latin letters come with every page; what a language needs besides comes with it alone. */
export function LocaleFont({ locale }: { readonly locale: string }) {
  return locale === "ko" ? <KoreanFont /> : null;
}
