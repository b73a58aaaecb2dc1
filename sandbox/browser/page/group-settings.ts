import type { Appearance, FontSource, FrameSettings } from "../shared/messages.ts";
import type { Language } from "../shared/words.ts";

export type Money = { readonly amount: number; readonly currency: string };

/** What the elements of one group share; it changes with `elements.update`. */
export type GroupSettings = {
  /** Where the sandbox is: its frames and its API. */
  readonly origin: string;
  language(): Language;
  isDark(): boolean;
  /** What is to be paid, as far as the page or its intent has said. */
  money(): Money | undefined;
  forFrame(options: object): FrameSettings;
};

/** The options of `stripe.elements()` that are read here; the others change nothing that a test could see. */
export type GroupOptions = {
  readonly clientSecret?: string;
  readonly mode?: string;
  readonly amount?: number;
  readonly currency?: string;
  readonly locale?: string;
  readonly appearance?: Appearance;
  readonly fonts?: readonly FontSource[];
  readonly paymentMethodCreation?: string;
};
