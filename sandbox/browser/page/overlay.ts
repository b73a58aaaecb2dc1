import type { FrameSettings, FromFrame } from "../shared/messages.ts";
import { openFrame } from "./frame.ts";

export type OverlaySetup = {
  readonly url: URL;
  readonly title: string;
  readonly isDark: boolean;
  readonly settings?: FrameSettings;
  /** A question that the overlay's page asks this page. */
  readonly answer?: (name: string, detail: unknown) => Promise<unknown>;
};

export type Overlay = {
  /** What the overlay's page said when it was done, or what `close` was given. */
  readonly done: Promise<unknown>;
  close(detail: unknown): void;
};

/**
 * Opens a page of the sandbox over the whole window. The rest of the page is inert meanwhile, so focus stays inside;
 * Escape does nothing, since a payment would hang on it: the page inside has a button for leaving.
 */
export function openOverlay({ url, title, isDark, settings, answer }: OverlaySetup): Overlay {
  const before = document.activeElement;
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const frame = openFrame({ url, title, hear });
  const stilled = stillPage();
  const holder = document.createElement("div");
  holder.setAttribute("role", "dialog");
  holder.setAttribute("aria-modal", "true");
  holder.setAttribute("aria-label", title);
  Object.assign(holder.style, {
    position: "fixed",
    inset: "0",
    zIndex: "2147483647",
    background: "rgba(15, 18, 25, 0.55)",
  });
  Object.assign(frame.iframe.style, {
    width: "100%",
    height: "100%",
    border: "0",
    display: "block",
    background: "transparent",
    colorScheme: isDark ? "dark" : "light",
  });
  frame.iframe.addEventListener("load", () => frame.iframe.focus());
  holder.append(frame.iframe);
  document.body.append(holder);
  if (settings !== undefined) frame.send({ type: "configure", settings });

  let isOver = false;
  function close(detail: unknown): void {
    if (isOver) return;
    isOver = true;
    frame.remove();
    holder.remove();
    stilled();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    resolve(detail);
  }
  function hear(message: FromFrame): void {
    if (message.type === "done") close(message.detail);
    if (message.type !== "question") return;
    const { id, name, detail } = message;
    void answer?.(name, detail).then((given) => frame.send({ type: "reply", id, detail: given }));
  }
  return { done: promise, close };
}

/** Makes what is in the page unreachable and unmovable; the answer undoes just that. */
function stillPage(): () => void {
  const stilled = [...document.body.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && !child.inert,
  );
  const { overflow } = document.documentElement.style;
  for (const child of stilled) child.inert = true;
  document.documentElement.style.overflow = "hidden";
  return () => {
    for (const child of stilled) child.inert = false;
    document.documentElement.style.overflow = overflow;
  };
}
