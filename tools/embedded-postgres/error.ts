/** The cluster cannot be started, for a reason that the person at the keyboard can mend. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}
