import type { StatusTone } from "#web/ui/status.tsx";
import type { Tier } from "./stores-query.ts";

export const gateTones = {
  open: "good",
  half_open: "busy",
  sick: "bad",
  paused: "warn",
  not_permitted: "warn",
  out_of_hours: "neutral",
  rate_limited: "neutral",
} as const satisfies Record<Tier["gate"]["state"], StatusTone>;
