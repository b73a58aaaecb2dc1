"use client";

import { createContext, use, type ReactNode } from "react";
import type { Operator } from "../read-operator.ts";

const OperatorContext = createContext<Operator>({ accountId: "", name: "", isAdmin: false });

/** Who is at the desk. */
export function useOperator(): Operator {
  return use(OperatorContext);
}

export function OperatorProvider({
  operator,
  children,
}: {
  readonly operator: Operator;
  readonly children: ReactNode;
}) {
  return <OperatorContext value={operator}>{children}</OperatorContext>;
}
