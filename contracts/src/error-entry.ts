/** One row of the list of errors. */
export type ErrorEntry = {
  readonly status: number;
  /** See `errors`. */
  readonly retry: "never" | "same_key" | "later";
  /** What is wrong and what to do, for people. */
  readonly message: { readonly en: string; readonly ko: string };
};
