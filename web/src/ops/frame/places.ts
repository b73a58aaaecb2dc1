import { Bell, ClipboardList, Gauge, Inbox, ListChecks, ReceiptText, Scale, Store, Undo2, Users } from "lucide-react";

/** The rooms of the desk, in the order of a day, each with the letter that leads there after `g`. */
export const places = [
  { name: "queue", href: "/ops", key: "q", icon: ListChecks },
  { name: "orders", href: "/ops/orders", key: "o", icon: ReceiptText },
  { name: "refunds", href: "/ops/refunds", key: "r", icon: Undo2 },
  { name: "stores", href: "/ops/stores", key: "s", icon: Store },
  { name: "sellers", href: "/ops/sellers", key: "v", icon: Users },
  { name: "money", href: "/ops/money", key: "m", icon: Scale },
  { name: "figures", href: "/ops/figures", key: "f", icon: Gauge },
  { name: "events", href: "/ops/events", key: "e", icon: Inbox },
  { name: "alerts", href: "/ops/alerts", key: "l", icon: Bell },
  { name: "audit", href: "/ops/audit", key: "a", icon: ClipboardList },
] as const;

export type PlaceName = (typeof places)[number]["name"];

/** The place that a path belongs to; orders at work belong to the queue. */
export function placeOf(pathname: string): PlaceName {
  const found = places.find(({ href }) => href !== "/ops" && (pathname === href || pathname.startsWith(`${href}/`)));
  return found?.name ?? "queue";
}

/** Where Escape leads when nothing was seen before: the list that a page hangs in. Null on a list. */
export function parentOf(pathname: string): string | null {
  const parts = pathname.split("/").filter((part) => part !== "");
  if (parts.length < 3) return null;
  return parts[1] === "queue" ? "/ops" : `/${parts.slice(0, 2).join("/")}`;
}
