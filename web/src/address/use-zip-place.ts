"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

type ZipFields = {
  readonly values: Readonly<Record<"zip" | "city" | "state", string>>;
  readonly fill: (place: { readonly city?: string; readonly state?: string }) => void;
};

/**
 * A ZIP code knows its state and mostly its city: they are filled in as soon as it is whole. What was written by hand,
 * or is being written, is never overwritten; what an earlier ZIP code filled in is.
 */
export function useZipPlace({ values, fill }: ZipFields): void {
  const zip = values.zip.trim().slice(0, 5);
  const filled = useRef({ zip: "", city: "", state: "" });
  const { data: place } = useQuery({
    queryKey: ["address", "zip", zip],
    queryFn: ({ signal }) => call(api.GET("/api/v1/addresses/zip/{zip}", { params: { path: { zip } }, signal })),
    enabled: /^\d{5}$/.test(zip),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (place === undefined || place.zip !== zip || filled.current.zip === zip) return;
    const isOurs = (name: "city" | "state"): boolean =>
      !isBeingWritten(name) && (values[name] === "" || values[name] === filled.current[name]);
    const next = {
      ...(isOurs("city") && place.city !== null ? { city: place.city } : {}),
      ...(isOurs("state") ? { state: place.state } : {}),
    };
    filled.current = { zip, city: place.city ?? "", state: place.state };
    fill(next);
  }, [place, zip, values, fill]);
}

function isBeingWritten(name: string): boolean {
  const { activeElement } = document;
  return activeElement instanceof HTMLInputElement && activeElement.name === name;
}
