"use client";

import type { Order } from "@muse/contracts/order";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AddressLines } from "#web/address/address-lines.tsx";
import { Link } from "#web/ui/link.tsx";

/** Where it goes, where word goes, how returns go, and the receipts. */
export function OrderFacts({ order }: { readonly order: Order }) {
  const t = useTranslations("orders.detail");
  const { shippingAddress, email, returnPolicy, storeName, kind } = order;
  return (
    <div className="flex flex-col gap-5">
      <dl className="flex flex-col gap-5 text-sm">
        {shippingAddress !== null && (
          <Fact label={t("goesTo")}>
            <AddressLines address={shippingAddress} />
          </Fact>
        )}
        {email !== null && <Fact label={t("wordTo")}>{email}</Fact>}
        {order.receipts !== null && (
          <Fact label={t("receipts")}>
            <Receipts receipts={order.receipts} />
          </Fact>
        )}
        {returnPolicy !== "" && <Fact label={t("returns")}>{returnPolicy}</Fact>}
      </dl>
      <div className="flex flex-col gap-1 text-xs text-muted">
        <p>{t(kind === "digital" ? "makerOfRecord" : "sellerOfRecord", { store: storeName })}</p>
        <p>{t.rich("help", { link: (words) => <Link href="/help">{words}</Link> })}</p>
      </div>
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <dt className="font-medium">{label}</dt>
      <dd className="wrap-anywhere text-muted">{children}</dd>
    </div>
  );
}

function Receipts({ receipts }: { readonly receipts: NonNullable<Order["receipts"]> }) {
  const t = useTranslations("orders.detail");
  return (
    <ul className="flex flex-col gap-1.5">
      <li className="flex flex-wrap justify-between gap-x-4">
        <span>{t("receiptThis")}</span>
        <span className="flex gap-4">
          <ReceiptLink href={receipts.pdf} label={t("receiptPdf")} text={t("pdf")} />
          <ReceiptLink href={receipts.html} label={t("receiptHtml")} text={t("html")} />
        </span>
      </li>
      <li className="flex flex-wrap justify-between gap-x-4">
        <span>{t("receiptAll")}</span>
        <span className="flex gap-4">
          <ReceiptLink href={receipts.checkoutPdf} label={t("allPdf")} text={t("pdf")} />
          <ReceiptLink href={receipts.checkoutHtml} label={t("allHtml")} text={t("html")} />
        </span>
      </li>
    </ul>
  );
}

type ReceiptLinkProps = { readonly href: string; readonly label: string; readonly text: string };

/** A file of the API's, not a page of ours: a plain link, beside the page. */
function ReceiptLink({ href, label, text }: ReceiptLinkProps) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      aria-label={label}
      className="touch text-ink underline decoration-edge underline-offset-4 hover:decoration-current"
    >
      {text}
    </a>
  );
}
