import { createHmac } from "node:crypto";
import { Agent as HttpAgent, request as httpRequest, type ClientRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

export type SignedPost = {
  readonly url: string;
  readonly body: string;
  /** How the receiver knows the sender, and the message among its repeats. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
};

export type Poster = {
  /** The status answered, or 0 when no answer came (refused, cut off, timed out). Never rejects. */
  post(message: SignedPost): Promise<number>;
  close(): void;
};

/** Posts bodies over kept-alive connections. */
export function openPoster(): Poster {
  const http = new HttpAgent({ keepAlive: true, maxSockets: 32 });
  const https = new HttpsAgent({ keepAlive: true, maxSockets: 32 });

  const once = (message: SignedPost): Promise<Attempt> =>
    new Promise((resolve) => {
      const isHttps = message.url.startsWith("https:");
      const options = {
        method: "POST",
        agent: isHttps ? https : http,
        timeout: message.timeoutMs,
        headers: {
          "content-type": "application/json; charset=utf-8",
          "content-length": Buffer.byteLength(message.body),
          "user-agent": "Sandbox/1.0 (+webhooks)",
          ...message.headers,
        },
      };
      const request: ClientRequest = (isHttps ? httpsRequest : httpRequest)(message.url, options);
      request.on("response", (response) => {
        response.resume();
        response.on("end", () => resolve({ status: response.statusCode ?? 0, wasStale: false }));
        response.on("error", () => resolve({ status: 0, wasStale: false }));
        response.on("aborted", () => resolve({ status: 0, wasStale: false }));
      });
      request.on("timeout", () => request.destroy());
      request.on("error", () => resolve({ status: 0, wasStale: request.reusedSocket }));
      request.end(message.body);
    });

  return {
    async post(message) {
      if (!URL.canParse(message.url)) return 0;
      const first = await once(message);
      // A kept-alive connection that the receiver had closed meanwhile says nothing about the receiver: ask once more.
      return first.wasStale ? (await once(message)).status : first.status;
    },
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

type Attempt = { readonly status: number; readonly wasStale: boolean };

/** `t=<unix s>,v1=<hex HMAC-SHA256>` over `"<t>.<body>"`: `Stripe-Signature` and `Store-Signature`. */
export function signBody(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`, "utf8").digest("hex");
  return `t=${seconds},v1=${digest}`;
}
