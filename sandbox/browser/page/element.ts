import { connectionError } from "../shared/api.ts";
import type { Ask, Asked, FrameSettings, FromFrame } from "../shared/messages.ts";
import { languageOf } from "../shared/words.ts";
import { makeEmitter, type Handler } from "./emitter.ts";
import { openFrame, type FrameHandle } from "./frame.ts";
import { IntegrationError } from "./integration-error.ts";

/** An element as the page holds it; the methods chain as Stripe's do. */
export type PublicElement = {
  mount(target: string | HTMLElement): PublicElement;
  unmount(): PublicElement;
  destroy(): PublicElement;
  update(options: object): PublicElement;
  on(name: string, handler: Handler): PublicElement;
  once(name: string, handler: Handler): PublicElement;
  off(name: string, handler?: Handler): PublicElement;
  focus(): PublicElement;
  blur(): PublicElement;
  clear(): PublicElement;
  collapse(): PublicElement;
};

/** What the library itself does with an element. */
export type ElementCore = {
  readonly element: PublicElement;
  readonly type: string;
  isMounted(): boolean;
  isDestroyed(): boolean;
  options(): object;
  emit(name: string, event: object): boolean;
  ask(ask: Ask): Promise<Asked>;
  /** Sends the settings of the elements group again, after they changed. */
  reconfigure(): void;
};

export type ElementSetup = {
  readonly type: string;
  readonly options: object;
  /** The frame's page, made anew for every mount. */
  readonly url: () => URL;
  readonly title: string;
  /** Held free from the first moment, so that nothing moves when the frame has been drawn. */
  readonly heightPx: (options: object) => number;
  readonly settings: (options: object) => FrameSettings;
  readonly hear?: (core: ElementCore, frame: FrameHandle, message: FromFrame) => void;
};

/** Room inside the frame for focus rings, by which it is wider than its place (frames.css). */
const bleedPx = 4;
/** A frame that has not come by then counts as not loaded. */
const helloMsMax = 15_000;

export function makeElement(setup: ElementSetup): ElementCore {
  const emitter = makeEmitter();
  let options = setup.options;
  let frame: FrameHandle | undefined;
  let holder: HTMLElement | undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let isDestroyed = false;

  const emit = (name: string, event: object): boolean => emitter.emit(name, { elementType: setup.type, ...event });
  const configure = (): void => frame?.send({ type: "configure", settings: setup.settings(options) });
  const hear = (message: FromFrame): void => {
    if (frame === undefined) return;
    hearFrame(message, { emit, overdue, holder, iframe: frame.iframe });
    setup.hear?.(core, frame, message);
  };
  const unmount = (): void => {
    clearTimeout(overdue);
    frame?.remove();
    holder?.remove();
    frame = undefined;
    holder = undefined;
  };
  const mount = (target: string | HTMLElement): void => {
    if (isDestroyed) throw new IntegrationError("This Element has already been destroyed. Please create a new one.");
    const place = placeOf(target);
    unmount();
    frame = openFrame({ url: setup.url(), title: setup.title, hear });
    holder = drawHolder(frame.iframe, setup.heightPx(options), setup.settings(options));
    place.replaceChildren(holder);
    configure();
    emit("loaderstart", {});
    const language = languageOf(setup.settings(options).locale);
    overdue = setTimeout(() => emit("loaderror", { error: connectionError(language) }), helloMsMax);
  };

  const core: ElementCore = {
    type: setup.type,
    isMounted: () => frame !== undefined,
    isDestroyed: () => isDestroyed,
    options: () => options,
    emit,
    reconfigure: configure,
    ask: (ask) => (frame === undefined ? Promise.reject(notMounted(setup.type)) : frame.ask(ask)),
    element: chained({
      mount,
      unmount,
      destroy() {
        unmount();
        isDestroyed = true;
      },
      update(changes: object) {
        options = { ...options, ...changes };
        configure();
      },
      on: emitter.on,
      once: emitter.once,
      off: emitter.off,
      focus() {
        frame?.iframe.focus();
        frame?.send({ type: "focus" });
      },
      blur: () => frame?.send({ type: "blur" }),
      clear: () => frame?.send({ type: "clear" }),
      collapse: () => undefined,
    }),
  };
  return core;
}

/** Every method of an element answers the element. */
function chained(methods: Readonly<Record<keyof PublicElement, (...given: never[]) => void>>): PublicElement {
  const element: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(methods)) {
    element[name] = (...given: never[]) => {
      method(...given);
      return element;
    };
  }
  return element as PublicElement;
}

type Hearing = {
  readonly emit: ElementCore["emit"];
  readonly overdue: ReturnType<typeof setTimeout> | undefined;
  readonly holder: HTMLElement | undefined;
  readonly iframe: HTMLIFrameElement;
};

/** What every element's frame says; what only some say is for the element's own `hear`. */
function hearFrame(message: FromFrame, { emit, overdue, holder, iframe }: Hearing): void {
  switch (message.type) {
    case "hello":
      return clearTimeout(overdue);
    case "ready":
      return void emit("ready", typeof message.detail === "object" ? { ...message.detail } : {});
    case "height": {
      const height = `${message.heightPx - 2 * bleedPx}px`;
      iframe.style.height = `${message.heightPx}px`;
      if (holder !== undefined) holder.style.minHeight = height;
      return undefined;
    }
    case "focus":
    case "blur":
    case "escape":
      return void emit(message.type, {});
    case "enter":
      return holder?.closest("form")?.requestSubmit();
    default:
      return undefined;
  }
}

function placeOf(target: string | HTMLElement): HTMLElement {
  const place = typeof target === "string" ? document.querySelector<HTMLElement>(target) : target;
  if (place instanceof HTMLElement) return place;
  throw new IntegrationError(
    "The selector you specified applies to no DOM elements that are currently on the page. Make sure the element exists on the page before calling mount().",
  );
}

function drawHolder(iframe: HTMLIFrameElement, heightPx: number, settings: FrameSettings): HTMLElement {
  const holder = document.createElement("div");
  holder.className = "__PrivateStripeElement";
  Object.assign(holder.style, { position: "relative", minHeight: `${heightPx}px` });
  Object.assign(iframe.style, {
    border: "0",
    display: "block",
    margin: `-${bleedPx}px`,
    width: `calc(100% + ${2 * bleedPx}px)`,
    height: `${heightPx + 2 * bleedPx}px`,
    // The same scheme as inside, or the browser paints the frame's see-through background opaque.
    colorScheme: settings.appearance.theme === "night" ? "dark" : "light",
  });
  holder.append(iframe);
  return holder;
}

function notMounted(type: string): IntegrationError {
  return new IntegrationError(
    `We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted. (${type})`,
  );
}
