/** What other surfaces may use of the orders. */
export { useWriteMoment } from "./moment.tsx";
