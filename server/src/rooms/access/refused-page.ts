import { errors, type ErrorCode, type Language } from "@muse/contracts/error";
import type { IncomingHttpHeaders } from "node:http";
import type { File } from "#platform/http/file-route.ts";
import { problem, type Problem } from "#platform/http/problem.ts";

/**
 * Why a download link opens nothing. Who opened it as a page of their browser reads it as one, with the way to where
 * links come from; programs have the code.
 */
export function refusedLink<const Code extends ErrorCode>(
  code: Code,
  { language, headers }: { readonly language: Language; readonly headers: IncomingHttpHeaders },
): File | Problem<Code> {
  if (headers["sec-fetch-dest"] !== "document") return problem(code);
  const { status, message } = errors[code];
  return {
    status,
    contentType: "text/html; charset=utf-8",
    content: pageOf(message[language], language),
    headers: {
      "content-language": language,
      "cache-control": "private, no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
    },
  };
}

const words = {
  en: { title: "This download does not begin", library: "To my library" },
  ko: { title: "다운로드할 수 없습니다", library: "보관함으로" },
} as const satisfies Record<Language, { readonly title: string; readonly library: string }>;

/** Nothing in it comes from whoever asked. */
function pageOf(message: string, language: Language): string {
  const { title, library } = words[language];
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} — Muse</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:36rem;margin:4rem auto;padding:0 1.5rem}
a{color:inherit;display:inline-block;padding:.75rem 0}</style></head>
<body><main><h1>${title}</h1><p>${message}</p><p><a href="/library">${library}</a></p></main></body>
</html>
`;
}
