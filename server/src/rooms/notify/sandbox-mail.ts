import type { Http } from "@muse/connectors/port";
import { z } from "zod";
import { must } from "#kernel/assert.ts";

const MailConfig = z.object({ smtpUrl: z.url({ protocol: /^smtp$/ }) });

/** Where the sandbox's mail server listens: it may have taken any free port. */
export async function sandboxSmtpUrl(http: Http, sandboxUrl: string): Promise<string> {
  const { status, body } = await http({ method: "GET", url: `${sandboxUrl}/mail/config`, timeoutMs: 5_000 });
  const read = status === 200 ? MailConfig.safeParse(JSON.parse(body)) : null;
  return must(read?.data, "the sandbox says where its mail server is").smtpUrl;
}
