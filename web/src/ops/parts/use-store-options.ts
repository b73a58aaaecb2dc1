"use client";

import { useQuery } from "@tanstack/react-query";
import type { SelectOption } from "#web/ui/select.tsx";
import { retailersQuery } from "../queries.ts";
import { storeQuery } from "../stores/stores-query.ts";

/**
 * Stores to choose from in a list of orders: those that orders are placed with. There are thousands of people who sell
 * files, so theirs are found among the stores, whose pages lead to their orders; the one that is chosen is named all
 * the same.
 */
export function useStoreOptions(chosen: string | null): readonly SelectOption[] {
  const { data } = useQuery(retailersQuery);
  const retailers = (data?.stores ?? []).map(({ storeId, name }) => ({ value: storeId, label: name }));
  const isListed = chosen === null || retailers.some(({ value }) => value === chosen);
  const other = useQuery({ ...storeQuery(chosen ?? ""), enabled: data !== undefined && !isListed });
  return isListed ? retailers : [...retailers, { value: chosen, label: other.data?.name ?? chosen }];
}
