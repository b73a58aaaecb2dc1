export type ReferenceOptions = {
  readonly version: string;
  /** Where clients reach the API: the origin that the browser sees. */
  readonly serverUrl: string;
};
