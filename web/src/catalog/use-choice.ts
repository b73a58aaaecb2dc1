"use client";

import type { VariantView } from "@muse/contracts/catalog";
import { useRef, useState, type RefObject } from "react";
import { choiceOf, missingOf, optionsOf, variantOf, type Choice, type Dimension, type Options } from "./variants.ts";

export type ChoiceOfVariant = {
  readonly options: Options;
  readonly choice: Choice;
  /** Null while something is not chosen, or where there is no such one. */
  readonly variant: VariantView | null;
  readonly choose: (dimension: Dimension, value: string) => void;
  /** Moves to what is not chosen yet, and says so from now on. */
  readonly ask: () => void;
  readonly isAsked: (dimension: Dimension) => boolean;
  readonly first: Readonly<Record<Dimension, RefObject<HTMLInputElement | null>>>;
};

/** Which one of a product. What is chosen is in the address too, for who sends it on and who comes back. */
export function useChoice(variants: readonly VariantView[], initialId: string | null): ChoiceOfVariant {
  const [choice, setChoice] = useState(() => choiceOf(variants, initialId));
  const [wasAsked, setAsked] = useState(false);
  const first = { color: useRef<HTMLInputElement>(null), size: useRef<HTMLInputElement>(null) };
  const missing = missingOf(variants, choice);
  return {
    options: optionsOf(variants),
    choice,
    variant: variantOf(variants, choice),
    choose: (dimension, value) => {
      const next = { ...choice, [dimension]: value };
      setChoice(next);
      keepInAddress(variantOf(variants, next));
    },
    ask: () => {
      setAsked(true);
      const [wanted] = missing;
      if (wanted !== undefined) first[wanted].current?.focus();
    },
    isAsked: (dimension) => wasAsked && missing.includes(dimension),
    first,
  };
}

/** Replaced, not added: Back leads to where one came from, not through every colour. */
function keepInAddress(variant: VariantView | null): void {
  const url = new URL(window.location.href);
  if (variant === null) url.searchParams.delete("variant");
  else url.searchParams.set("variant", variant.variantId);
  window.history.replaceState(null, "", url);
}
