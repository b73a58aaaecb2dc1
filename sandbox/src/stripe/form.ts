/** A decoded form: `metadata[order]=1&items[0]=a&items[]=b` as a tree; a list is a tree whose keys are numbers. */
export type FormTree = { [key: string]: string | FormTree };

/** Parses Stripe's nested form encoding (request bodies and query strings alike). Never throws. */
export function parseForm(text: string): FormTree {
  const root = emptyTree();
  if (text === "") return root;
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? "" : decode(pair.slice(equals + 1));
    place(root, splitName(name), value);
  }
  return root;
}

/** The leaves of a list in order, whatever its keys were. */
export function formList(tree: string | FormTree | undefined): readonly string[] {
  if (tree === undefined || tree === "") return [];
  if (typeof tree === "string") return [tree];
  return Object.values(tree).filter((leaf) => typeof leaf === "string");
}

/** `a[b][]` is a, b and the empty key, which means "the next free index". */
function splitName(name: string): readonly string[] {
  const bracket = name.indexOf("[");
  if (bracket <= 0 || !name.endsWith("]")) return [name];
  return [name.slice(0, bracket), ...name.slice(bracket + 1, -1).split("][")];
}

function place(root: FormTree, path: readonly string[], value: string): void {
  let tree = root;
  for (const [depth, part] of path.entries()) {
    const key = part === "" && depth > 0 ? String(Object.keys(tree).length) : part;
    if (depth === path.length - 1) {
      tree[key] = value;
      return;
    }
    const child = tree[key];
    if (typeof child === "object") {
      tree = child;
    } else {
      const fresh = emptyTree();
      tree[key] = fresh;
      tree = fresh;
    }
  }
}

/** Without a prototype, so that a field called `constructor` is a field and nothing more. */
function emptyTree(): FormTree {
  return Object.create(null) as FormTree;
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
