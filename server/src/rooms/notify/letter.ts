import type { Language } from "@muse/contracts/error";

/** What a mail says, in the reader's words and in order; what it looks like is the business of HTML and text. */
export type Letter = {
  readonly language: Language;
  readonly subject: string;
  /** What an inbox shows beside the subject. */
  readonly preview: string;
  readonly blocks: readonly Block[];
  /** `house`: to somebody who works here. `seller`: to who sells files. Left out: to a shopper. */
  readonly reader?: "house" | "seller";
};

export type Block =
  | { readonly kind: "title"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly isQuiet?: true }
  | { readonly kind: "action"; readonly label: string; readonly url: string }
  | OrderBlock
  | { readonly kind: "sums"; readonly rows: readonly Sum[] }
  | { readonly kind: "facts"; readonly rows: readonly Fact[] };

/** One store's order, as a card. */
export type OrderBlock = {
  readonly kind: "order";
  readonly storeName: string;
  readonly orderNumber: string;
  readonly state: { readonly text: string; readonly mood: Mood };
  readonly notes: readonly string[];
  readonly lines: readonly OrderLine[];
  readonly sums: readonly Sum[];
};

/** `good`: done. `calm`: under way. `sad`: it will not come. */
export type Mood = "good" | "calm" | "sad";

export type OrderLine = { readonly title: string; readonly detail: string; readonly amount: string };
export type Sum = { readonly label: string; readonly amount: string; readonly isTotal?: true };
export type Fact = { readonly label: string; readonly lines: readonly string[]; readonly url?: string };
