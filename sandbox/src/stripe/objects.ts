/**
 * Stripe's objects as they go over the wire (https://docs.stripe.com/api, version 2026-10-28.endive). Amounts are
 * minor units.
 */

export const apiVersion = "2026-10-28.endive";

export type Metadata = { readonly [key: string]: string };

export type IntentStatus =
  | "requires_payment_method"
  | "requires_confirmation"
  | "requires_action"
  | "processing"
  | "requires_capture"
  | "canceled"
  | "succeeded";

export type NextAction =
  | {
      readonly type: "redirect_to_url";
      readonly redirect_to_url: { readonly return_url: string; readonly url: string };
    }
  | {
      readonly type: "use_stripe_sdk";
      readonly use_stripe_sdk: {
        readonly type: "three_d_secure_redirect";
        readonly stripe_js: string;
        readonly source: string;
      };
    };

export type PaymentError = {
  readonly type: "card_error" | "invalid_request_error";
  readonly code: string;
  readonly message: string;
  readonly doc_url: string;
  readonly decline_code?: string;
  readonly charge?: string;
  readonly payment_method?: PaymentMethod;
};

export type PaymentIntent = {
  readonly id: string;
  readonly object: "payment_intent";
  readonly allowed_payment_method_types: readonly string[] | null;
  readonly amount: number;
  readonly amount_capturable: number;
  readonly amount_details: { readonly tip: Readonly<Record<string, never>> };
  readonly amount_received: number;
  readonly application: null;
  readonly application_fee_amount: number | null;
  readonly automatic_payment_methods: {
    readonly allow_redirects: "always" | "never";
    readonly enabled: boolean;
  } | null;
  readonly canceled_at: number | null;
  readonly cancellation_reason: string | null;
  readonly capture_method: "automatic" | "automatic_async" | "manual";
  readonly client_secret: string;
  readonly confirmation_method: "automatic" | "manual";
  readonly created: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly customer_account: null;
  readonly description: string | null;
  readonly excluded_payment_method_types: readonly string[] | null;
  readonly last_payment_error: PaymentError | null;
  readonly latest_charge: string | null;
  readonly livemode: false;
  readonly managed_payments: null;
  readonly metadata: Metadata;
  readonly next_action: NextAction | null;
  readonly on_behalf_of: string | null;
  readonly payment_method: string | null;
  readonly payment_method_configuration_details: null;
  readonly payment_method_options: object;
  readonly payment_method_types: readonly string[];
  readonly payment_record: null;
  readonly processing: null;
  readonly receipt_email: string | null;
  readonly review: null;
  readonly setup_future_usage: "on_session" | "off_session" | null;
  readonly shipping: object | null;
  readonly source: null;
  readonly statement_descriptor: string | null;
  readonly statement_descriptor_suffix: string | null;
  readonly status: IntentStatus;
  readonly transfer_data: null;
  readonly transfer_group: string | null;
};

export type BillingDetails = {
  readonly address: Readonly<Record<"city" | "country" | "line1" | "line2" | "postal_code" | "state", string | null>>;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly tax_id: null;
};

export type Card = {
  readonly brand: string;
  readonly checks: {
    readonly address_line1_check: string | null;
    readonly address_postal_code_check: string | null;
    readonly cvc_check: string | null;
  };
  readonly country: string;
  readonly display_brand: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly fingerprint: string;
  readonly funding: string;
  readonly generated_from: null;
  readonly last4: string;
  readonly networks: { readonly available: readonly string[]; readonly preferred: null };
  readonly regulated_status: "unregulated";
  readonly three_d_secure_usage: { readonly supported: boolean };
  readonly wallet: null;
};

export type PaymentMethod = {
  readonly id: string;
  readonly object: "payment_method";
  readonly allow_redisplay: string;
  readonly billing_details: BillingDetails;
  readonly card?: Card;
  readonly us_bank_account?: {
    readonly bank_name: string;
    readonly last4: string;
    readonly routing_number: string;
    readonly fingerprint: string;
  };
  readonly created: number;
  readonly customer: string | null;
  readonly customer_account: null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly type: "card" | "us_bank_account";
};

export type ConfirmationToken = {
  readonly id: string;
  readonly object: "confirmation_token";
  readonly created: number;
  readonly expires_at: number;
  readonly livemode: false;
  readonly mandate_data: null;
  readonly payment_intent: null;
  readonly payment_method_options: null;
  readonly payment_method_preview: Pick<PaymentMethod, "type" | "billing_details" | "card"> & {
    readonly customer: null;
  };
  readonly return_url: string | null;
  readonly setup_future_usage: "on_session" | "off_session" | null;
  readonly setup_intent: null;
  readonly shipping: object | null;
  readonly use_stripe_sdk: true;
};

export type Charge = {
  readonly id: string;
  readonly object: "charge";
  readonly amount: number;
  readonly amount_captured: number;
  readonly amount_refunded: number;
  readonly application: null;
  readonly application_fee: null;
  readonly application_fee_amount: null;
  readonly balance_transaction: string | null;
  readonly billing_details: BillingDetails;
  readonly calculated_statement_descriptor: string | null;
  readonly captured: boolean;
  readonly created: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly description: string | null;
  readonly disputed: boolean;
  readonly failure_balance_transaction: null;
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly fraud_details: object;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly on_behalf_of: null;
  readonly outcome: object;
  readonly paid: boolean;
  readonly payment_intent: string;
  readonly payment_method: string;
  readonly payment_method_details: object;
  readonly radar_options: object;
  readonly receipt_email: string | null;
  readonly receipt_number: null;
  readonly receipt_url: string | null;
  readonly refunded: boolean;
  readonly review: null;
  readonly shipping: object | null;
  readonly source: null;
  readonly source_transfer: null;
  readonly statement_descriptor: string | null;
  readonly statement_descriptor_suffix: string | null;
  readonly status: "succeeded" | "pending" | "failed";
  readonly transfer_data: null;
  readonly transfer_group: string | null;
};

export type Refund = {
  readonly id: string;
  readonly object: "refund";
  readonly amount: number;
  readonly balance_transaction: string | null;
  readonly charge: string;
  readonly created: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly customer_account: null;
  readonly destination_details: object;
  readonly failure_balance_transaction?: string;
  readonly failure_reason?: string;
  readonly metadata: Metadata;
  readonly payment_intent: string;
  readonly payment_method: string | null;
  readonly pending_reason?: "processing" | "insufficient_funds" | "charge_pending";
  readonly reason: "duplicate" | "fraudulent" | "requested_by_customer" | null;
  readonly receipt_number: null;
  readonly source_transfer_reversal: null;
  readonly status: "pending" | "requires_action" | "succeeded" | "failed" | "canceled";
  readonly transfer_reversal: null;
};

export type BalanceTransaction = {
  readonly id: string;
  readonly object: "balance_transaction";
  readonly amount: number;
  readonly available_on: number;
  readonly balance_type: "payments";
  readonly created: number;
  readonly currency: string;
  readonly description: string | null;
  readonly exchange_rate: null;
  readonly fee: number;
  readonly fee_details: readonly object[];
  readonly net: number;
  readonly reporting_category: string;
  readonly source: string;
  readonly status: "pending" | "available";
  readonly type: "charge" | "payment" | "refund" | "refund_failure" | "adjustment";
};

export type DisputeStatus =
  | "warning_needs_response"
  | "warning_under_review"
  | "warning_closed"
  | "needs_response"
  | "under_review"
  | "won"
  | "lost";

export type Dispute = {
  readonly id: string;
  readonly object: "dispute";
  readonly amount: number;
  readonly balance_transactions: readonly BalanceTransaction[];
  readonly charge: string;
  readonly created: number;
  readonly currency: string;
  readonly enhanced_eligibility_types: readonly string[];
  readonly evidence: Readonly<Record<string, string | null>>;
  readonly evidence_details: {
    /** Unix seconds. */
    readonly due_by: number;
    readonly enhanced_eligibility: object;
    readonly has_evidence: boolean;
    readonly past_due: boolean;
    readonly submission_count: number;
    readonly submission_method: "manual" | "not_submitted";
  };
  readonly intended_submission_method: null;
  readonly is_charge_refundable: boolean;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly network_reason_code: string;
  readonly payment_intent: string;
  readonly payment_method_details: object;
  readonly reason: string;
  readonly status: DisputeStatus;
};

export type Customer = {
  readonly id: string;
  readonly object: "customer";
  readonly address: object | null;
  readonly balance: number;
  readonly created: number;
  readonly currency: string | null;
  readonly customer_account: null;
  readonly default_source: null;
  readonly delinquent: boolean;
  readonly description: string | null;
  readonly discount: null;
  readonly email: string | null;
  readonly invoice_prefix: string;
  readonly invoice_settings: object;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly name: string | null;
  readonly next_invoice_sequence: number;
  readonly phone: string | null;
  readonly preferred_locales: readonly string[];
  readonly shipping: object | null;
  readonly tax_exempt: string;
  readonly test_clock: null;
};

export type WebhookEndpoint = {
  readonly id: string;
  readonly object: "webhook_endpoint";
  readonly api_version: string | null;
  readonly application: null;
  readonly created: number;
  readonly description: string | null;
  readonly enabled_events: readonly string[];
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly secret?: string;
  readonly status: "enabled" | "disabled";
  readonly url: string;
};

/** Every kind that is kept, by its `object`. */
export type Objects = {
  readonly payment_intent: PaymentIntent;
  readonly payment_method: PaymentMethod;
  readonly confirmation_token: ConfirmationToken;
  readonly charge: Charge;
  readonly refund: Refund;
  readonly balance_transaction: BalanceTransaction;
  readonly dispute: Dispute;
  readonly customer: Customer;
  readonly webhook_endpoint: WebhookEndpoint;
};
export type ObjectType = keyof Objects;
