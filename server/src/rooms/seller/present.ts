import type { Language } from "@muse/contracts/error";
import type { Sale, SellerCurrency, SellerFigures, SellerProduct, SellerView } from "@muse/contracts/seller";
import { assert } from "#kernel/assert.ts";
import { toWire } from "#kernel/money.ts";
import { presentFile, type FilesOfRow } from "#rooms/access";
import { displayMinor } from "#rooms/order";
import type { ProductListRow, SaleBucketsRow, SaleListRow, SaleProductsRow, SellerFindRow } from "./seller.sql.gen.ts";

export function presentSeller(row: SellerFindRow): SellerView {
  return {
    sellerId: row.accountId,
    displayName: row.displayName,
    about: row.about,
    verificationLevel: row.level,
    contractVersion: row.contractVersion,
    contractAcceptedAt: row.contractAcceptedAt.toISOString(),
    feeBasisPoints: row.feeBp,
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    suspendedReason: row.suspendedReason,
    publishedMax: row.publishedMax,
  };
}

/** A product as its seller works on it; `files` are its own alone. */
export function presentProduct(row: ProductListRow, files: readonly FilesOfRow[], language: Language): SellerProduct {
  return {
    productId: row.productId,
    title: row.title,
    description: row.description,
    category: row.category,
    currency: currencyOf(row.currency),
    priceCents: toWire(row.priceMinor),
    priceDisplay: displayMinor(row.priceMinor, row.currency, language),
    editionLimit: row.editionLimit,
    copiesSold: toWire(row.copies),
    status: row.status,
    hasUnpublishedChanges: row.publishedAt !== null && row.updatedAt > row.publishedAt,
    isFixed: row.firstPublishedAt !== null,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    files: files.map((file) => ({ ...presentFile(file), isScanned: file.scannedAt !== null })),
  };
}

export function presentSale(row: SaleListRow, language: Language): Sale {
  const display = (minor: bigint): string => displayMinor(minor, row.currency, language);
  return {
    museOrderNumber: row.orderNumber,
    productId: row.productId,
    title: row.title,
    soldAt: row.soldAt.toISOString(),
    currency: currencyOf(row.currency),
    paymentStatus: row.paymentStatus,
    grossCents: toWire(row.grossMinor),
    refundedCents: toWire(row.refundedMinor),
    feeCents: toWire(row.feeMinor),
    netCents: toWire(row.netMinor),
    grossDisplay: display(row.grossMinor),
    refundedDisplay: display(row.refundedMinor),
    feeDisplay: display(row.feeMinor),
    netDisplay: display(row.netMinor),
  };
}

type Buckets = readonly SaleBucketsRow[];

/** Sums and spans of each currency that the seller has a store in. */
export function presentCurrencies(rows: Buckets, language: Language): SellerFigures["currencies"] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const sum = (of: (row: SaleBucketsRow) => bigint): bigint => own.reduce((total, row) => total + of(row), 0n);
    const display = (minor: bigint): string => displayMinor(minor, currency, language);
    const [gross, fee, net] = [sum((row) => row.grossMinor), sum((row) => row.feeMinor), sum((row) => row.netMinor)];
    const refunded = sum((row) => row.refundedMinor);
    return {
      currency: currencyOf(currency),
      sales: toWire(sum((row) => row.sales)),
      grossCents: toWire(gross),
      feeCents: toWire(fee),
      netCents: toWire(net),
      refundedCents: toWire(refunded),
      grossDisplay: display(gross),
      feeDisplay: display(fee),
      netDisplay: display(net),
      refundedDisplay: display(refunded),
      buckets: own.map((row) => ({
        at: row.at.toISOString(),
        sales: toWire(row.sales),
        grossCents: toWire(row.grossMinor),
        feeCents: toWire(row.feeMinor),
        netCents: toWire(row.netMinor),
      })),
    };
  });
}

export function presentSold(row: SaleProductsRow, language: Language): SellerFigures["products"][number] {
  return {
    productId: row.productId,
    title: row.title,
    currency: currencyOf(row.currency),
    sales: toWire(row.sales),
    netCents: toWire(row.netMinor),
    netDisplay: displayMinor(row.netMinor, row.currency, language),
    downloads: toWire(row.downloads),
  };
}

export function currencyOf(code: string): SellerCurrency {
  assert(code === "USD" || code === "KRW", "a seller sells in dollars or won");
  return code;
}
