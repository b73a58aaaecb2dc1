import { createServer, type AddressInfo } from "node:net";
import { readyMsMax, waitFor } from "./wait-for.ts";

export function targetOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

export async function untilAnswers(url: string): Promise<void> {
  await waitFor(url, readyMsMax, async () => {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      return answer.ok || undefined;
    } catch {
      return undefined;
    }
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const { port } = server.address() as AddressInfo;
  await new Promise((settle) => server.close(settle));
  return port;
}
