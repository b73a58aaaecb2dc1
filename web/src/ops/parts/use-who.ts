"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useOperator } from "../frame/operator.tsx";
import { peopleQuery } from "../queries.ts";

/** Says who somebody is: oneself, a colleague by name, or by number where no name is known. */
export function useWho(): (accountId: string) => string {
  const t = useTranslations("ops");
  const { accountId: own } = useOperator();
  const { data } = useQuery(peopleQuery);
  return (accountId) => {
    if (accountId === own) return t("you");
    return data?.people.find((person) => person.accountId === accountId)?.name ?? accountId;
  };
}
