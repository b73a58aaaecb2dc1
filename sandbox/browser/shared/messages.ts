import type { ApiAnswer } from "./api.ts";
import type { FormFields } from "./form.ts";

/**
 * What a page and its frames say to each other by postMessage. Both sides check the other's origin and window;
 * card data is in none of these messages.
 */
export type Envelope<T> = { readonly stripeFrame: string; readonly message: T };

export type Appearance = {
  readonly theme?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly rules?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export type FontSource = { readonly cssSrc?: string; readonly family?: string; readonly src?: string };

export type FrameSettings = {
  readonly publishableKey: string;
  readonly locale: string;
  readonly appearance: Appearance;
  readonly fonts: readonly FontSource[];
  /** The element's own options, or the wallet sheet's contents. */
  readonly options: unknown;
};

/** Work that only the frame can do, since the card is there. */
export type Ask =
  | { readonly kind: "submit" }
  | { readonly kind: "createPaymentMethod"; readonly params: FormFields }
  | { readonly kind: "createConfirmationToken"; readonly params: FormFields }
  | { readonly kind: "confirmIntent"; readonly intentId: string; readonly params: FormFields };

export type Asked = ApiAnswer<unknown>;

export type ToFrame =
  | { readonly type: "configure"; readonly settings: FrameSettings }
  | { readonly type: "focus" | "blur" | "clear" }
  | { readonly type: "ask"; readonly id: number; readonly ask: Ask }
  /** The page's answer to a `question` of the wallet's sheet. */
  | { readonly type: "reply"; readonly id: number; readonly detail: unknown };

export type FromFrame =
  /** The first word of a frame's script: it can be configured now. */
  | { readonly type: "hello" }
  | { readonly type: "ready"; readonly detail?: unknown }
  | { readonly type: "height"; readonly heightPx: number }
  | { readonly type: "change"; readonly detail: { readonly empty: boolean; readonly complete: boolean } }
  | { readonly type: "focus" | "blur" | "escape" | "enter" }
  | { readonly type: "answer"; readonly id: number; readonly asked: Asked }
  | { readonly type: "question"; readonly id: number; readonly name: string; readonly detail: unknown }
  /** Of an overlay: the shopper is done with it. */
  | { readonly type: "done"; readonly detail: unknown };
