import { randomBytes } from "node:crypto";

export function newLetterId(): string {
  return `mail_${randomBytes(9).toString("base64url")}`;
}
