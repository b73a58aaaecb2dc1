/** The address room: whether a parcel can be sent there, and how it should stand on the label. Pure. */
export { checkAddress, stateOfZip, type CheckedAddress } from "./check-address.ts";
