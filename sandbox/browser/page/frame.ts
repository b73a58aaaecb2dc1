import type { Ask, Asked, Envelope, FromFrame, ToFrame } from "../shared/messages.ts";

export type FrameHandle = {
  readonly iframe: HTMLIFrameElement;
  /** Kept until the frame has said hello. */
  send(message: ToFrame): void;
  /** Resolves with an error should the frame be taken away meanwhile. */
  ask(ask: Ask): Promise<Asked>;
  remove(): void;
};

export type FrameSetup = {
  /** Where the frame's page is, on the script's own origin. */
  readonly url: URL;
  readonly title: string;
  readonly hear: (message: FromFrame) => void;
};

let lastFrame = 0;

/** Makes an iframe of another origin and the wire to it; the caller puts it into the page. */
export function openFrame({ url, title, hear }: FrameSetup): FrameHandle {
  lastFrame += 1;
  const frameId = `__privateStripeFrame${lastFrame}`;
  const waiting = new Map<number, (asked: Asked) => void>();
  const queue: ToFrame[] = [];
  let isOpen = false;
  let lastAsk = 0;

  const iframe = document.createElement("iframe");
  url.searchParams.set("frame", frameId);
  url.searchParams.set("parent_origin", location.origin);
  iframe.name = frameId;
  iframe.title = title;
  iframe.src = url.href;
  iframe.allow = "payment *; publickey-credentials-get *";
  iframe.setAttribute("frameborder", "0");
  iframe.setAttribute("scrolling", "no");

  const post = (message: ToFrame): void => {
    const envelope: Envelope<ToFrame> = { stripeFrame: frameId, message };
    iframe.contentWindow?.postMessage(envelope, url.origin);
  };
  const listen = (event: MessageEvent<Envelope<FromFrame> | null>): void => {
    if (event.origin !== url.origin || event.source !== iframe.contentWindow) return;
    if (event.data?.stripeFrame !== frameId) return;
    const { message } = event.data;
    if (message.type === "answer") {
      waiting.get(message.id)?.(message.asked);
      waiting.delete(message.id);
      return;
    }
    hear(message);
    if (message.type !== "hello") return;
    isOpen = true;
    for (const each of queue.splice(0)) post(each);
  };
  window.addEventListener("message", listen);

  const send = (message: ToFrame): void => {
    if (isOpen) post(message);
    else queue.push(message);
  };
  return {
    iframe,
    send,
    ask(ask) {
      lastAsk += 1;
      const id = lastAsk;
      return new Promise((settle) => {
        waiting.set(id, settle);
        send({ type: "ask", id, ask });
      });
    },
    remove() {
      window.removeEventListener("message", listen);
      iframe.remove();
      const error = { type: "invalid_request_error", message: "The element was unmounted while it was being used." };
      for (const settle of waiting.values()) settle({ error });
      waiting.clear();
    },
  };
}
