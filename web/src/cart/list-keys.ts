type Key = {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
};

const along = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"]);

/**
 * Whether a key goes along a list of options, by steps or by letters, without saying that this is the one. On Windows
 * and Linux a closed `<select>` takes each step for a change; Alt with an arrow and Space open it.
 */
export function goesAlong({ key, altKey, ctrlKey, metaKey }: Key): boolean {
  if (altKey || ctrlKey || metaKey) return false;
  return along.has(key) || (key.length === 1 && key !== " ");
}
