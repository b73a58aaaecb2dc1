"use client";

import "@fontsource-variable/noto-sans-kr/wght.css";

/** Hangul's 120 files are named in 88 kB of style sheet, so only pages in Korean load it. */
export function KoreanFont() {
  return null;
}
