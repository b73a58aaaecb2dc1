import type { Running } from "./start-all.ts";

const people = ["shopper@muse.test", "seller@muse.test", "maker@muse.test", "ops@muse.test", "admin@muse.test"];

/** What the person who started it wants to know next. */
export function summary({ webUrl, apiUrl, sandboxUrl, databaseUrl }: Running): string {
  const lines = [
    "",
    "Muse is running.",
    "",
    ...(webUrl === undefined
      ? []
      : [`  shop           ${webUrl}`, `  desk           ${webUrl}/ops   (as ops@muse.test)`, ""]),
    `  API            ${apiUrl}/api/v1`,
    `  reference      ${apiUrl}/api/docs`,
    `  health         ${apiUrl}/readyz   metrics ${apiUrl}/metrics`,
    `  database       ${databaseUrl.replace(/:[^:@/]*@/, ":…@")}`,
  ];
  if (sandboxUrl === undefined)
    return [...lines, "  providers      the real ones, by your keys", "", "Ctrl-C stops it.", ""].join("\n");
  return [
    ...lines,
    `  sandbox        ${sandboxUrl}   (payments, stores, carriers: no real money, switches for faults)`,
    `  mails          ${sandboxUrl}/mail   (all that would have been sent)`,
    "",
    `  people         ${people.join(", ")}; password muse-demo`,
    "  try            sign in, and use the bearer token it answers with:",
    `                 curl ${apiUrl}/api/auth/sign-in/email -H 'content-type: application/json' \\`,
    `                   -d '{"email":"shopper@muse.test","password":"muse-demo"}'`,
    "",
    "Ctrl-C stops it.",
    "",
  ].join("\n");
}
