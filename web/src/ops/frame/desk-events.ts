import type { StoreAlert } from "@muse/contracts/ops-store";

/** How much waits for somebody's word, and how many ways to order rest. */
export type Attention = {
  readonly refundApprovals: number;
  readonly refundRequests: number;
  readonly storesSick: number;
};

/** What an event of the desk's stream says; null where it says nothing that is known here. */
export function attentionOf({ data }: Pick<MessageEvent, "data">): Attention | null {
  const said = parsed(data);
  const isWhole = ["refundApprovals", "refundRequests", "storesSick"].every((name) => typeof said?.[name] === "number");
  return isWhole ? (said as Attention) : null;
}

type Alert = Pick<StoreAlert, "storeName" | "method" | "kind">;

export function alertOf({ data }: Pick<MessageEvent, "data">): Alert | null {
  const said = parsed(data);
  return typeof said?.["storeName"] === "string" && typeof said["kind"] === "string" ? (said as Alert) : null;
}

function parsed(data: unknown): Record<string, unknown> | null {
  if (typeof data !== "string") return null;
  try {
    const value = JSON.parse(data) as unknown;
    return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
