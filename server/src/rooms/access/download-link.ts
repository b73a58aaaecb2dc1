import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** Long enough to begin a download and to resume one that broke; what is passed on to others is soon worth nothing. */
export const linkSecondsMax = 15 * 60;

export type LinkedFile = { readonly fileId: string; readonly orderNumber: string; readonly expiresS: number };

export type LinkSigner = {
  readonly sign: (link: LinkedFile) => string;
  /** Of our own making, and of exactly this file, order and time. That it has not run out is the caller's to see. */
  readonly isSigned: (link: LinkedFile, signature: string) => boolean;
};

/** Signs download links with a key of their own, derived from the server's secret. */
export function linkSigner(secret: string): LinkSigner {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "muse download link", 32));
  const digest = ({ fileId, orderNumber, expiresS }: LinkedFile): Buffer =>
    createHmac("sha256", key).update(`${fileId}\n${orderNumber}\n${expiresS}`).digest();
  return {
    sign: (link) => digest(link).toString("base64url"),
    isSigned: (link, signature) => {
      const given = Buffer.from(signature, "base64url");
      const right = digest(link);
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}

/** Where a signed link leads, on the shop's own origin. */
export function linkPath(signer: LinkSigner, link: LinkedFile): string {
  const query = new URLSearchParams({
    order: link.orderNumber,
    expires: String(link.expiresS),
    signature: signer.sign(link),
  });
  return `/api/v1/files/${link.fileId}?${query.toString()}`;
}
