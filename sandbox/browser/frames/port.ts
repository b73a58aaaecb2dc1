import type { Asked, Ask, Envelope, FrameSettings, FromFrame, ToFrame } from "../shared/messages.ts";

export type FramePort = {
  say(message: FromFrame): void;
  /** Asks the page a question and waits for its answer. */
  question(name: string, detail: unknown): Promise<unknown>;
};

export type FrameHandlers = {
  configure(settings: FrameSettings): void;
  command?(command: "focus" | "blur" | "clear"): void;
  answer?(ask: Ask): Promise<Asked>;
};

/**
 * Connects a frame with the page that it was opened by. The page named its origin in the frame's URL; whatever comes
 * from elsewhere is not read, and nothing is sent to any other origin, so a lie only costs the liar the answers.
 */
export function openPort(handlers: FrameHandlers): FramePort {
  const query = new URLSearchParams(location.search);
  const parentOrigin = query.get("parent_origin") ?? location.origin;
  const frameId = query.get("frame") ?? "";
  const waiting = new Map<number, (detail: unknown) => void>();
  let lastId = 0;

  const say = (message: FromFrame): void => {
    const envelope: Envelope<FromFrame> = { stripeFrame: frameId, message };
    window.parent.postMessage(envelope, parentOrigin);
  };
  const hear = (message: ToFrame): void => {
    switch (message.type) {
      case "configure":
        return handlers.configure(message.settings);
      case "ask":
        return void handlers.answer?.(message.ask).then((asked) => say({ type: "answer", id: message.id, asked }));
      case "reply":
        waiting.get(message.id)?.(message.detail);
        return void waiting.delete(message.id);
      default:
        return handlers.command?.(message.type);
    }
  };

  window.addEventListener("message", (event: MessageEvent<Envelope<ToFrame> | null>) => {
    if (event.origin !== parentOrigin || event.source !== window.parent) return;
    if (event.data?.stripeFrame === frameId) hear(event.data.message);
  });
  say({ type: "hello" });
  return {
    say,
    question(name, detail) {
      lastId += 1;
      const id = lastId;
      return new Promise((settle) => {
        waiting.set(id, settle);
        say({ type: "question", id, name, detail });
      });
    },
  };
}

/** Tells the page how high the frame's content is, now and whenever that changes. */
export function reportHeight(port: FramePort, content: HTMLElement): void {
  const observer = new ResizeObserver(() => {
    // Before anything is drawn the page's own guess is better.
    if (content.childElementCount === 0) return;
    port.say({ type: "height", heightPx: Math.ceil(content.getBoundingClientRect().height) });
  });
  observer.observe(content);
}
