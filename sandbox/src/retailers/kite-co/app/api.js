import { askForLetters, showNewsletter, showQueue } from "./covers.js";
import { toast } from "./toast.js";

export const base = document.body.dataset.base;

/** Nobody looks at a button for longer. */
const answerMsMax = 30_000;

/** What the shop said no to; `status` 0 when it said nothing at all. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body.message ?? "That did not work.");
    this.status = status;
    this.code = body.error ?? "unknown";
    this.fields = body.fields ?? {};
  }
}

/** Whether one has to sign in first, or again. */
export function isSignedOut(cause) {
  return cause instanceof Refusal && (cause.code === "signed_out" || cause.code === "sign_in");
}

/** Asks the shop. Gives `{ data, layout }`; throws a Refusal. A check or a queue in between is waited out for reads. */
export async function ask(method, path, body) {
  const response = await call(method, path, body);
  const data = await response.json().catch(() => ({}));
  if (response.ok) {
    if (response.headers.get("x-kite-popup") === "newsletter") showNewsletter();
    return { data, layout: response.headers.get("x-kite-layout") ?? "a" };
  }
  if (data.error === "captcha") {
    await askForLetters(base);
    return await again(method, path, body);
  }
  if (data.error === "queue") {
    await showQueue(data.position);
    return await again(method, path, body);
  }
  if (response.status === 429) toast(data.message);
  throw new Refusal(response.status, data);
}

async function again(method, path, body) {
  if (method === "GET") return await ask(method, path, body);
  throw new Refusal(409, { error: "again", message: "Thanks for waiting. Please press that once more." });
}

async function call(method, path, body) {
  try {
    return await fetch(`${base}/api${path}`, {
      method,
      credentials: "same-origin",
      signal: AbortSignal.timeout(answerMsMax),
      headers: { "x-kite": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refusal(0, { error: "no_answer", message: "We did not hear back from the shop." });
  }
}
