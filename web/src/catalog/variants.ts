import type { VariantView } from "@muse/contracts/catalog";

export const dimensions = ["color", "size"] as const;
export type Dimension = (typeof dimensions)[number];

/** What is chosen of each; null while nothing is. */
export type Choice = Readonly<Record<Dimension, string | null>>;

/** What there is to choose: only where variants differ. Empty where all are alike in it. */
export type Options = Readonly<Record<Dimension, readonly string[]>>;

export const nothingChosen: Choice = { color: null, size: null };

export function optionsOf(variants: readonly VariantView[]): Options {
  const values = (dimension: Dimension): readonly string[] => {
    const all = [...new Set(variants.map((variant) => valueOf(variant, dimension)))];
    return all.length > 1 ? all : [];
  };
  return { color: values("color"), size: values("size") };
}

/** What an address names, if there is such a variant; what there is no choice in needs none. */
export function choiceOf(variants: readonly VariantView[], variantId: string | null): Choice {
  const named = variants.find((variant) => variant.variantId === variantId);
  const options = optionsOf(variants);
  const chosen = (dimension: Dimension): string | null =>
    named === undefined || options[dimension].length === 0 ? null : valueOf(named, dimension);
  return { color: chosen("color"), size: chosen("size") };
}

/** What still must be chosen, in the order in which it is asked. */
export function missingOf(variants: readonly VariantView[], choice: Choice): readonly Dimension[] {
  const options = optionsOf(variants);
  return dimensions.filter((dimension) => options[dimension].length > 0 && choice[dimension] === null);
}

/** What all choices lead to, one that can be had before one that cannot; null while something is missing. */
export function variantOf(variants: readonly VariantView[], choice: Choice): VariantView | null {
  if (missingOf(variants, choice).length > 0) return null;
  const fitting = variants.filter((variant) => fits(variant, choice));
  return fitting.find(isToBeHad) ?? fitting[0] ?? null;
}

/** Whether a value leads, with what else is chosen, to nothing that can be had. */
export function isSoldOut(
  variants: readonly VariantView[],
  choice: Choice,
  dimension: Dimension,
  value: string,
): boolean {
  const tried = { ...choice, [dimension]: value };
  return !variants.some((variant) => fits(variant, tried) && isToBeHad(variant));
}

export function isToBeHad({ availability }: VariantView): boolean {
  return availability !== "out_of_stock";
}

/** A variant without a word for it has the empty one. */
function valueOf(variant: VariantView, dimension: Dimension): string {
  return variant[dimension] ?? "";
}

function fits(variant: VariantView, choice: Choice): boolean {
  return dimensions.every(
    (dimension) => choice[dimension] === null || choice[dimension] === valueOf(variant, dimension),
  );
}
