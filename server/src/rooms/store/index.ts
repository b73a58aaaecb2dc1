/** The store room: whom Muse sells from, how each is ordered from, how well that goes, and its sealed credentials. */
export { openCredential, type MasterKey } from "./credential.ts";
export { changeKeptKey, forgetOtherKey, openMasterKey } from "./master-key-file.ts";
export { storeMetrics } from "./metrics.ts";
export { putStore, type StoreInput } from "./put-store.ts";
export { getStore, listStores } from "./read-stores.ts";
export { healthEvents, tierGates, tierHealth, tierPause, tierResume, tierSwitch } from "./store.sql.gen.ts";
export type { HealthEventsRow, TierGatesRow, TierHealthRow } from "./store.sql.gen.ts";
export { rotateKey } from "./rotate-key.ts";
export { storePlacement } from "./store-placement.ts";
export { storeSweeps } from "./sweeps.ts";
export { textsIn } from "./texts.ts";
export { credentialsOf, webhookSecretOf } from "./use-credential.ts";
