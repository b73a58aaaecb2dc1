/** The webhook room: the inbox of what providers and stores tell us. Uses: store, payment, order, shipment, checkout. */
export { processEvent, webhookJobs, webhookSweeps, type EventEffects, type ProcessDeps } from "./process-event.ts";
export { webhookRoutes, type WebhookDeps } from "./routes.ts";
export { stripeEffects } from "./stripe-effects.ts";
export { isSignedByStore } from "./store-signature.ts";
export { eventList, eventReplay, type EventTakeRow as StoredEvent } from "./webhook.sql.gen.ts";
