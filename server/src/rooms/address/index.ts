/** The address room: whether a parcel can be sent there, how it should stand on the label, and the ones people keep. */
export { addressesAdopt, addressesErase, addressesExport } from "./address.sql.gen.ts";
export { checkAddress, stateOfZip, type CheckedAddress } from "./check-address.ts";
export { invalidAddress } from "./invalid-address.ts";
export { lookUpZip } from "./look-up-zip.ts";
export { addressRoutes } from "./routes.ts";
