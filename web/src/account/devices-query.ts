import { queryOptions } from "@tanstack/react-query";
import { readAuth } from "#web/api/authenticate.ts";

export const authKey = ["auth"] as const;

/** A place where somebody is signed in. */
export type SignedInDevice = {
  readonly id: string;
  /** What ends it is told by. */
  readonly token: string;
  readonly userAgent: string;
  readonly createdAt: string;
};

/** This session, and whether its owner has a second factor. The library's answers are read field by field. */
type OwnSession = { readonly id: string; readonly hasSecondFactor: boolean };

export const ownSessionQuery = queryOptions({
  queryKey: [...authKey, "own"],
  queryFn: async ({ signal }): Promise<OwnSession> => {
    const said = await readAuth("/get-session", signal);
    const user = fieldOf(said, "user");
    return { id: textOf(fieldOf(said, "session"), "id"), hasSecondFactor: fieldOf(user, "twoFactorEnabled") === true };
  },
});

export const devicesQuery = queryOptions({
  queryKey: [...authKey, "devices"],
  queryFn: async ({ signal }): Promise<readonly SignedInDevice[]> => {
    const list = await readAuth("/list-sessions", signal);
    const devices = (Array.isArray(list) ? (list as unknown[]) : []).map((entry) => ({
      id: textOf(entry, "id"),
      token: textOf(entry, "token"),
      userAgent: textOf(entry, "userAgent"),
      createdAt: textOf(entry, "createdAt"),
    }));
    return devices.sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  },
  // It refuses a session of more than a day, and asking again makes it no younger.
  retry: false,
});

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, key) as unknown) : undefined;
}

function textOf(value: unknown, key: string): string {
  const text = fieldOf(value, key);
  return typeof text === "string" ? text : "";
}
