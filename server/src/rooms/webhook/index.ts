/**
 * The webhook room: the inbox of what providers and stores tell us. Uses: store, payment, order, shipment, checkout.
 */
export { webhookJobs, webhookSweeps } from "./process-event.ts";
export { eventsDeleteOld, eventsErase, eventsExport } from "./privacy.sql.gen.ts";
export { webhookRoutes } from "./routes.ts";
export { stripeEffects } from "./stripe-effects.ts";
export { tossEffects } from "./toss-effects.ts";
export { isSignedByStore } from "./store-signature.ts";
export { eventList, eventReplay, type EventTakeRow as StoredEvent } from "./webhook.sql.gen.ts";
