/** A test that breaks things waits for more than others do: for programs to be up, for calls, and until all is quiet. */
export const faultTestLimit = { timeout: 420_000 } as const;
