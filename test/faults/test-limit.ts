/** A test that breaks things waits longer than others: for programs to be up, for calls, and until all is quiet. */
export const faultTestLimit = { timeout: 420_000 } as const;
