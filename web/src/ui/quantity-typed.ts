type Bounds = { readonly value: number; readonly min: number; readonly max: number };

/** How many are wanted by what stands in the field: as many as before where nothing new is a number. */
export function quantityTyped(text: string, { value, min, max }: Bounds): number {
  const typed = Number.parseInt(text, 10);
  // What was not touched stays even past an end: stock that shrank is the shopper's to hear of, not ours to follow.
  if (!Number.isSafeInteger(typed) || typed === value) return value;
  return Math.min(max, Math.max(min, typed));
}
