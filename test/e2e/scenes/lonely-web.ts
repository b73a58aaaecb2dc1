import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { buildWeb, nextFile, webDir } from "../../../tools/start/web-build.ts";

export type LonelyWeb = { readonly webUrl: string; readonly stop: () => Promise<void> };

const triesMax = 600;

/**
 * The shop without anything behind it: what it shows when the API cannot be reached. The build is that of the
 * others.
 */
export async function startLonelyWeb(): Promise<LonelyWeb> {
  const env = await buildWeb(() => undefined, new AbortController().signal);
  const port = await freePort();
  const webUrl = `http://localhost:${port}`;
  const child = spawn(process.execPath, [nextFile, "start", "--hostname", "127.0.0.1"], {
    cwd: webDir,
    stdio: "ignore",
    // Nobody listens at a port that was free a moment ago.
    env: {
      ...process.env,
      ...env,
      PORT: String(port),
      APP_URL: webUrl,
      API_URL: `http://127.0.0.1:${await freePort()}`,
    },
  });
  const ended = new Promise<void>((settle) => child.once("exit", () => settle()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  for (let tries = 0; tries < triesMax; tries += 1) {
    const answer = await fetch(`${webUrl}/icon.svg`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return { webUrl, stop };
    await delay(100);
  }
  await stop();
  throw new Error("the shop alone did not answer within a minute");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const { port } = server.address() as AddressInfo;
  await new Promise((settle) => server.close(settle));
  return port;
}
