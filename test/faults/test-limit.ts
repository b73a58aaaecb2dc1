/** A test that breaks things waits for more than any other: until programs are up, for calls, and until all is quiet. */
export const faultTestLimit = { timeout: 420_000 } as const;
