import type { FormTree } from "./form.ts";
import type { Dispute } from "./objects.ts";
import { invalidParam, wrongState, type Refusal } from "./refusal.ts";

/** https://docs.stripe.com/api/disputes/evidence_object: what is written, and which of it may be long. */
const texts: Readonly<Record<string, number>> = {
  access_activity_log: 20_000,
  billing_address: 5_000,
  cancellation_policy_disclosure: 20_000,
  cancellation_rebuttal: 20_000,
  customer_email_address: 5_000,
  customer_name: 5_000,
  customer_purchase_ip: 5_000,
  duplicate_charge_explanation: 20_000,
  duplicate_charge_id: 5_000,
  product_description: 20_000,
  refund_policy_disclosure: 20_000,
  refund_refusal_explanation: 20_000,
  service_date: 5_000,
  shipping_address: 5_000,
  shipping_carrier: 5_000,
  shipping_date: 5_000,
  shipping_tracking_number: 5_000,
  uncategorized_text: 20_000,
};

/** Ids of uploaded files. Nothing can be uploaded here, so none of them exists. */
const files = [
  "cancellation_policy",
  "customer_communication",
  "customer_signature",
  "duplicate_charge_documentation",
  "receipt",
  "refund_policy",
  "service_documentation",
  "shipping_documentation",
  "uncategorized_file",
];

/** All of a dispute's evidence together. */
const charactersMax = 150_000;

/** What a dispute's evidence becomes when these parameters are laid over it, or what is wrong with them. */
export function mergeEvidence(dispute: Dispute, given: FormTree | undefined): Dispute["evidence"] | Refusal {
  const merged: Record<string, string | null> = { ...dispute.evidence };
  for (const [name, value] of Object.entries(given ?? {})) {
    const param = `evidence[${name}]`;
    const lengthMax = texts[name];
    if (files.includes(name))
      return invalidParam(param, `No such file upload: ${JSON.stringify(value)}`, "resource_missing");
    if (lengthMax === undefined)
      return invalidParam(param, `Received unknown parameter: ${param}`, "parameter_unknown");
    if (typeof value !== "string")
      return invalidParam(param, `Invalid string for ${param}`, "parameter_invalid_string");
    if (value.length > lengthMax)
      return invalidParam(param, `Invalid string for ${param}: at most ${lengthMax} characters`);
    merged[name] = value === "" ? null : value;
  }
  const characters = Object.values(merged).reduce((sum, text) => sum + (text ?? "").length, 0);
  if (characters > charactersMax)
    return invalidParam("evidence", `The evidence has ${characters} characters, of at most ${charactersMax}.`);
  return merged;
}

/** Evidence goes to the bank once, and in time. */
export function submissionProblem(dispute: Dispute, seconds: number): Refusal | undefined {
  const { submission_count: count, due_by: dueBy } = dispute.evidence_details;
  if (count > 0)
    return wrongState("Evidence has been submitted for this dispute already.", "dispute_evidence_submitted");
  if (dueBy <= seconds) return wrongState("The time to respond to this dispute is over.", "dispute_past_due");
  return undefined;
}
