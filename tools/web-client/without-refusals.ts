type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
type Operation = { readonly responses?: Readonly<Record<string, unknown>> };

/**
 * The document with its successes alone. A refusal has one shape on every route, and its codes are in contracts/; left
 * in, they are nine tenths of the types, and a code added somewhere would change this file.
 */
export function withoutRefusals(document: Document): Document {
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [method, onlySuccess(operation)] as const),
    ),
  ]);
  return { ...document, paths: Object.fromEntries(paths) as Document["paths"] };
}

function onlySuccess(operation: Operation): Operation {
  const kept = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith("2"));
  return { ...operation, responses: Object.fromEntries(kept) };
}
