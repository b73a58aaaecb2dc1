/** What help there is, in the order in which it is asked for; each with its sections. */
export const topics = {
  payment: ["contract", "held", "card", "unknown", "currency"],
  delivery: ["dates", "parcels", "free", "byHand", "digital"],
  returns: ["failed", "cancel", "sendBack", "when"],
  contact: ["orders", "guest", "number", "data"],
} as const;

export type Topic = keyof typeof topics;
export const topicNames = Object.keys(topics) as readonly Topic[];

export function isTopic(text: string): text is Topic {
  return Object.hasOwn(topics, text);
}
