/** The store room: whom Muse sells from, how each is ordered from, and its sealed credentials. */
export { openCredential, type MasterKey, type SealedCredential } from "./credential.ts";
export { openMasterKey } from "./master-key-file.ts";
export { putStore, type PutStoreResult, type StoreInput, type TierInput } from "./put-store.ts";
export { getStore, listStores, type Store, type Tier } from "./read-stores.ts";
export { credentialsOf, webhookSecretOf } from "./use-credential.ts";
