// Generated from access.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type GrantsOfArgs = {
  readonly orderNumber: string;
};
export type GrantsOfRow = {
  readonly productId: string;
  readonly grantedAt: Date;
  readonly isActive: boolean;
};
const grantsOfText = `select h.product_id, h.granted_at,
  (h.revoked_at is null and h.frozen_at is null and o.payment_status in ('paid', 'partially_refunded')) as "is_active!"
from access.holding h
join orders.store_order o using (order_number)
where h.order_number = $1`;
/** What an order unlocked, for the order's own page. What was taken back is shown as such. Reads only. */
export function grantsOf(db: Db, args: GrantsOfArgs): Promise<GrantsOfRow[]> {
  return many(db, "access.grantsOf", grantsOfText, [args.orderNumber], (row): GrantsOfRow => ({
    productId: row[0],
    grantedAt: row[1],
    isActive: row[2],
  }));
}

export type LibraryListArgs = {
  readonly accountId: string;
  readonly productId: string | null;
  readonly orderNumber: string | null;
  readonly limit: number;
  readonly offset: number;
};
export type LibraryListRow = {
  readonly total: bigint;
  readonly orderNumber: string;
  readonly productId: string;
  readonly grantedAt: Date;
  readonly downloadCount: number;
  readonly isFrozen: boolean;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly sellerName: string;
  readonly wording: string | null;
  readonly waivedAt: Date | null;
  readonly rating: number | null;
  readonly body: string | null;
  readonly author: string | null;
  readonly files: unknown;
};
const libraryListText = `select count(*) over () as "total!", h.order_number as "order_number!", h.product_id as "product_id!", h.granted_at as "granted_at!", h.download_count as "download_count!",
  h.frozen_at is not null as "is_frozen!", i.title as "title!", i.image_url, o.store_name as "seller_name!", w.wording, w.waived_at, rv.rating, rv.body, rv.author,
  coalesce((
    select jsonb_agg(jsonb_build_object('fileId', f.file_id, 'name', f.name, 'version', f.version, 'contentType', f.content_type,
      'sizeBytes', f.size_bytes, 'sha256', encode(f.sha256, 'hex'), 'uploadedAt', (extract(epoch from f.uploaded_at) * 1000)::bigint) order by f.name)
    from access.sold_file f where f.order_number = h.order_number), '[]') as "files!"
from access.holding h
join orders.store_order o using (order_number)
join orders.order_item i on i.order_number = h.order_number and i.product_id = h.product_id
left join access.waiver w on w.order_number = h.order_number
left join access.review rv on rv.product_id = h.product_id and rv.account_id = h.account_id
where h.account_id = $1 and h.revoked_at is null and o.payment_status in ('paid', 'partially_refunded')
  and ($2::text is null or h.product_id = $2) and ($3::text is null or h.order_number = $3)
order by h.granted_at desc, h.order_number
limit $4::int offset $5::int`;
/**
 * Everything an account owns at this moment, newest first, with its files: the newest version of each name that is sold, or
 * that was sold when it was bought and withdrawn since; of one product or order alone where one is named. The order decides
 * whether it is owned (S3). `total` counts those of other pages, too. Reads only.
 */
export function libraryList(db: Db, args: LibraryListArgs): Promise<LibraryListRow[]> {
  return many(db, "access.libraryList", libraryListText, [args.accountId, args.productId, args.orderNumber, args.limit, args.offset], (row): LibraryListRow => ({
    total: row[0],
    orderNumber: row[1],
    productId: row[2],
    grantedAt: row[3],
    downloadCount: row[4],
    isFrozen: row[5],
    title: row[6],
    imageUrl: row[7],
    sellerName: row[8],
    wording: row[9],
    waivedAt: row[10],
    rating: row[11],
    body: row[12],
    author: row[13],
    files: row[14],
  }));
}

export type LinkTakeArgs = {
  readonly accountId: string;
  readonly productId: string;
  readonly linksMax: number;
  readonly address: string;
};
export type LinkTakeRow = {
  readonly outcome: string;
  readonly orderNumber: string | null;
  readonly downloadCount: number;
  readonly retryAfterS: number;
  readonly nowS: number;
};
const linkTakeText = `with taken as (
  select t.outcome, t.order_number, t.download_count, t.retry_after_s from access.link_take_1($1, $2, $3) t
), noted as (
  insert into access.download (order_number, network)
  select t.order_number, access.network_1($4) from taken t where t.outcome = 'given'
)
select t.outcome as "outcome!", t.order_number, t.download_count as "download_count!", t.retry_after_s as "retry_after_s!",
  floor(extract(epoch from now()))::float8 as "now_s!"
from taken t`;
/**
 * Gives out links to a product's files, counts them and notes when and whither; see access.link_take_1. They run out by the
 * database's own time, which it tells. Locks the holding.
 */
export function linkTake(db: Db, args: LinkTakeArgs): Promise<LinkTakeRow> {
  return one(db, "access.linkTake", linkTakeText, [args.accountId, args.productId, args.linksMax, args.address], (row): LinkTakeRow => ({
    outcome: row[0],
    orderNumber: row[1],
    downloadCount: row[2],
    retryAfterS: row[3],
    nowS: row[4],
  }));
}

export type DownloadNoteArgs = {
  readonly orderNumber: string;
  readonly fileId: string;
  readonly address: string;
};
const downloadNoteText = `insert into access.download (order_number, file_id, network)
select $1, $2, access.network_1($3)
where not exists (
  select from access.download d where d.order_number = $1 and d.file_id = $2 and d.at > now() - interval '1 minute')`;
/** Notes that a file was fetched by its link; once a minute, however many parts of it are asked for. Locks nothing. */
export function downloadNote(db: Db, args: DownloadNoteArgs): Promise<number> {
  return exec(db, "access.downloadNote", downloadNoteText, [args.orderNumber, args.fileId, args.address]);
}

export type SoldFilesArgs = {
  readonly orderNumber: string;
};
export type SoldFilesRow = {
  readonly fileId: string;
  readonly name: string;
  readonly sizeBytes: bigint;
};
const soldFilesText = `select f.file_id as "file_id!", f.name as "name!", f.size_bytes as "size_bytes!" from access.sold_file f where f.order_number = $1 order by f.name`;
/** The files that an order gives. Reads only. */
export function soldFiles(db: Db, args: SoldFilesArgs): Promise<SoldFilesRow[]> {
  return many(db, "access.soldFiles", soldFilesText, [args.orderNumber], (row): SoldFilesRow => ({
    fileId: row[0],
    name: row[1],
    sizeBytes: row[2],
  }));
}

export type FileOfLinkArgs = {
  readonly fileId: string;
  readonly orderNumber: string;
  readonly expiresS: number;
};
export type FileOfLinkRow = {
  readonly fileId: string;
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: bigint;
  readonly sha256: Buffer;
  readonly isFrozen: boolean;
};
const fileOfLinkText = `select f.file_id as "file_id!", f.name as "name!", f.content_type as "content_type!", f.size_bytes as "size_bytes!", f.sha256 as "sha256!",
  h.frozen_at is not null as "is_frozen!"
from access.sold_file f
join access.holding h using (order_number)
join orders.store_order o using (order_number)
where f.file_id = $1 and f.order_number = $2 and h.revoked_at is null
  and o.payment_status in ('paid', 'partially_refunded') and to_timestamp($3::float8) > now()`;
/**
 * What a link leads to until it runs out, by the database's own time, and as long as its order still gives it: refunded,
 * frozen and taken back at once (S3). Reads only.
 */
export function fileOfLink(db: Db, args: FileOfLinkArgs): Promise<FileOfLinkRow | null> {
  return opt(db, "access.fileOfLink", fileOfLinkText, [args.fileId, args.orderNumber, args.expiresS], (row): FileOfLinkRow => ({
    fileId: row[0],
    name: row[1],
    contentType: row[2],
    sizeBytes: row[3],
    sha256: row[4],
    isFrozen: row[5],
  }));
}

export type LinkOverArgs = {
  readonly expiresS: number;
};
export type LinkOverRow = {
  readonly isOver: boolean;
};
const linkOverText = `select to_timestamp($1::float8) <= now() as "is_over!"`;
/** Whether a link that led to nothing has only run out. Reads nothing. */
export function linkOver(db: Db, args: LinkOverArgs): Promise<LinkOverRow> {
  return one(db, "access.linkOver", linkOverText, [args.expiresS], (row): LinkOverRow => ({
    isOver: row[0],
  }));
}

export type WaiveArgs = {
  readonly orderNumber: string;
  readonly accountId: string;
  readonly wording: string;
  readonly locale: string;
};
export type WaiveRow = {
  readonly isWaived: boolean;
};
const waiveText = `select access.waive_1($1, $2, $3, $4) as "is_waived!"`;
/** Writes down that the right to withdraw was given up for an order; see access.waive_1. */
export function waive(db: Db, args: WaiveArgs): Promise<WaiveRow> {
  return one(db, "access.waive", waiveText, [args.orderNumber, args.accountId, args.wording, args.locale], (row): WaiveRow => ({
    isWaived: row[0],
  }));
}

export type AdoptHoldingsArgs = {
  readonly fromAccountId: string;
  readonly toAccountId: string;
};
const adoptHoldingsText = `select access.adopt_1($1, $2)`;
/** A visitor turned out to be somebody: what they bought is theirs; see access.adopt_1. */
export function adoptHoldings(db: Db, args: AdoptHoldingsArgs): Promise<number> {
  return exec(db, "access.adoptHoldings", adoptHoldingsText, [args.fromAccountId, args.toAccountId]);
}

export type UploadOpenArgs = {
  readonly uploadId: string;
  readonly productId: string;
  readonly accountId: string;
  readonly name: string;
  readonly sizeBytes: bigint;
  readonly openMax: number;
  readonly bytesMax: bigint;
  readonly filesMax: number;
  readonly namesMax: number;
};
export type UploadOpenRow = {
  readonly outcome: string;
};
const uploadOpenText = `select access.upload_open_1($1, $2, $3, $4, $5, $6, $7, $8, $9) as "outcome!"`;
/** Notes a file that is about to arrive; see access.upload_open_1. */
export function uploadOpen(db: Db, args: UploadOpenArgs): Promise<UploadOpenRow> {
  return one(db, "access.uploadOpen", uploadOpenText, [args.uploadId, args.productId, args.accountId, args.name, args.sizeBytes, args.openMax, args.bytesMax, args.filesMax, args.namesMax], (row): UploadOpenRow => ({
    outcome: row[0],
  }));
}

export type UploadFindArgs = {
  readonly uploadId: string;
  readonly accountId: string;
};
export type UploadFindRow = {
  readonly uploadId: string;
  readonly productId: string;
  readonly name: string;
  readonly sizeBytes: bigint;
  readonly isEnded: boolean;
};
const uploadFindText = `select u.upload_id, u.product_id, u.name, u.size_bytes, u.ended_at is not null as "is_ended!"
from access.upload u where u.upload_id = $1 and u.account_id = $2`;
/** An upload of the caller's. Reads only. */
export function uploadFind(db: Db, args: UploadFindArgs): Promise<UploadFindRow | null> {
  return opt(db, "access.uploadFind", uploadFindText, [args.uploadId, args.accountId], (row): UploadFindRow => ({
    uploadId: row[0],
    productId: row[1],
    name: row[2],
    sizeBytes: row[3],
    isEnded: row[4],
  }));
}

export type FilePutArgs = {
  readonly uploadId: string;
  readonly fileId: string;
  readonly contentType: string;
  readonly sha256: Uint8Array;
  readonly scannedAt: Date | null;
};
export type FilePutRow = {
  readonly fileId: string;
  readonly productId: string;
  readonly name: string;
  readonly version: number;
  readonly contentType: string;
  readonly sizeBytes: bigint;
  readonly sha256: Buffer;
  readonly scannedAt: Date | null;
  readonly uploadedAt: Date;
};
const filePutText = `select f.file_id as "file_id!", f.product_id as "product_id!", f.name as "name!", f.version as "version!", f.content_type as "content_type!",
  f.size_bytes as "size_bytes!", f.sha256 as "sha256!", f.scanned_at, f.uploaded_at as "uploaded_at!"
from access.file_put_1($1, $2, $3, $4, $5) f where f.file_id is not null`;
/** Puts an upload that arrived whole under its product; see access.file_put_1. None where it has ended otherwise. */
export function filePut(db: Db, args: FilePutArgs): Promise<FilePutRow | null> {
  return opt(db, "access.filePut", filePutText, [args.uploadId, args.fileId, args.contentType, args.sha256, args.scannedAt], (row): FilePutRow => ({
    fileId: row[0],
    productId: row[1],
    name: row[2],
    version: row[3],
    contentType: row[4],
    sizeBytes: row[5],
    sha256: row[6],
    scannedAt: row[7],
    uploadedAt: row[8],
  }));
}

export type UploadEndArgs = {
  readonly uploadId: string;
};
const uploadEndText = `update access.upload u set ended_at = coalesce(u.ended_at, now()) where u.upload_id = $1`;
/** The upload is a file now, or is given up: no piece of it is kept any more. Locks the row. */
export function uploadEnd(db: Db, args: UploadEndArgs): Promise<number> {
  return exec(db, "access.uploadEnd", uploadEndText, [args.uploadId]);
}

export type UploadForgetArgs = {
  readonly uploadId: string;
};
const uploadForgetText = `delete from access.upload where upload_id = $1`;
/** An upload that has ended, once its pieces are removed. */
export function uploadForget(db: Db, args: UploadForgetArgs): Promise<number> {
  return exec(db, "access.uploadForget", uploadForgetText, [args.uploadId]);
}

export type UploadsStaleArgs = {
  readonly limit: bigint;
};
export type UploadsStaleRow = {
  readonly uploadId: string;
  readonly sizeBytes: bigint;
};
const uploadsStaleText = `select u.upload_id, u.size_bytes from access.upload u
where u.created_at < now() - interval '24 hours' or u.ended_at < now() - interval '10 minutes'
order by u.created_at limit $1`;
/**
 * Uploads that were left for a day, and those that ended and are here still, as whoever ended them died or deleted the draft
 * they were for; a bounded number: their pieces are removed first, then they. Reads only.
 */
export function uploadsStale(db: Db, args: UploadsStaleArgs): Promise<UploadsStaleRow[]> {
  return many(db, "access.uploadsStale", uploadsStaleText, [args.limit], (row): UploadsStaleRow => ({
    uploadId: row[0],
    sizeBytes: row[1],
  }));
}

export type FilesForgottenArgs = {
  readonly limit: bigint;
};
export type FilesForgottenRow = {
  readonly fileId: string;
};
const filesForgottenText = `select f.file_id from access.file f where f.name = f.file_id limit $1`;
/**
 * Files of drafts that were deleted, or whose seller is erased (access.files_forget_1), a bounded number: their bytes are
 * removed first, then they. By an index of its own. Reads only.
 */
export function filesForgotten(db: Db, args: FilesForgottenArgs): Promise<FilesForgottenRow[]> {
  return many(db, "access.filesForgotten", filesForgottenText, [args.limit], (row): FilesForgottenRow => ({
    fileId: row[0],
  }));
}

export type FileDropArgs = {
  readonly fileId: string;
};
const fileDropText = `delete from access.file f where f.file_id = $1 and f.name = f.file_id`;
/** One of them, once its bytes are gone. Locks the row. */
export function fileDrop(db: Db, args: FileDropArgs): Promise<number> {
  return exec(db, "access.fileDrop", fileDropText, [args.fileId]);
}

export type FilesOfArgs = {
  readonly productIds: readonly string[];
};
export type FilesOfRow = {
  readonly fileId: string;
  readonly productId: string;
  readonly name: string;
  readonly version: number;
  readonly contentType: string;
  readonly sizeBytes: bigint;
  readonly sha256: Buffer;
  readonly scannedAt: Date | null;
  readonly uploadedAt: Date;
};
const filesOfText = `select f.file_id, f.product_id, f.name, f.version, f.content_type, f.size_bytes, f.sha256, f.scanned_at, f.uploaded_at
from access.file f
where f.product_id = any ($1::text[]) and f.withdrawn_at is null
order by f.product_id, f.name`;
/** The files that are sold with these products. Reads only. */
export function filesOf(db: Db, args: FilesOfArgs): Promise<FilesOfRow[]> {
  return many(db, "access.filesOf", filesOfText, [args.productIds], (row): FilesOfRow => ({
    fileId: row[0],
    productId: row[1],
    name: row[2],
    version: row[3],
    contentType: row[4],
    sizeBytes: row[5],
    sha256: row[6],
    scannedAt: row[7],
    uploadedAt: row[8],
  }));
}

export type ReviewPutArgs = {
  readonly rating: number;
  readonly body: string;
  readonly author: string | null;
  readonly accountId: string;
  readonly productId: string;
};
export type ReviewPutRow = {
  readonly productId: string;
  readonly rating: number;
  readonly body: string;
  readonly author: string | null;
  readonly writtenAt: Date;
};
const reviewPutText = `insert into access.review as r (product_id, account_id, rating, body, author)
select h.product_id, h.account_id, $1::smallint, $2, $3::text
from access.holding h
join orders.store_order o using (order_number)
where h.account_id = $4 and h.product_id = $5 and h.revoked_at is null and o.payment_status in ('paid', 'partially_refunded')
on conflict (product_id, account_id) do update
  set rating = excluded.rating, body = excluded.body, author = excluded.author, written_at = now()
returning r.product_id, r.rating, r.body, r.author, r.written_at`;
/** What an owner says of a product; saying it again replaces it. None where they do not own it. Locks their review. */
export function reviewPut(db: Db, args: ReviewPutArgs): Promise<ReviewPutRow | null> {
  return opt(db, "access.reviewPut", reviewPutText, [args.rating, args.body, args.author, args.accountId, args.productId], (row): ReviewPutRow => ({
    productId: row[0],
    rating: row[1],
    body: row[2],
    author: row[3],
    writtenAt: row[4],
  }));
}

export type ProductExistsArgs = {
  readonly productId: string;
};
export type ProductExistsRow = {
  readonly exists: boolean;
};
const productExistsText = `select exists (select from catalog.product p where p.product_id = $1) as "exists!"`;
/** Whether there is such a product, on sale or not any more: who does not own it is told another thing then. Reads only. */
export function productExists(db: Db, args: ProductExistsArgs): Promise<ProductExistsRow> {
  return one(db, "access.productExists", productExistsText, [args.productId], (row): ProductExistsRow => ({
    exists: row[0],
  }));
}

export type ReviewSumArgs = {
  readonly productId: string;
};
export type ReviewSumRow = {
  readonly count: bigint;
  readonly averageTenths: number | null;
};
const reviewSumText = `select count(*) as "count!", round(avg(r.rating) * 10)::int as average_tenths from access.review r where r.product_id = $1`;
/** How many said something of a product, and how good they find it, in tenths. Reads only. */
export function reviewSum(db: Db, args: ReviewSumArgs): Promise<ReviewSumRow> {
  return one(db, "access.reviewSum", reviewSumText, [args.productId], (row): ReviewSumRow => ({
    count: row[0],
    averageTenths: row[1],
  }));
}

export type ReviewListArgs = {
  readonly productId: string;
  readonly limit: bigint;
  readonly offset: bigint;
};
export type ReviewListRow = {
  readonly productId: string;
  readonly rating: number;
  readonly body: string;
  readonly author: string | null;
  readonly writtenAt: Date;
};
const reviewListText = `select r.product_id, r.rating, r.body, r.author, r.written_at
from access.review r
where r.product_id = $1
order by r.written_at desc, r.account_id
limit $2 offset $3`;
/** What owners said of a product, newest first. Nothing in it tells who they are. Reads only. */
export function reviewList(db: Db, args: ReviewListArgs): Promise<ReviewListRow[]> {
  return many(db, "access.reviewList", reviewListText, [args.productId, args.limit, args.offset], (row): ReviewListRow => ({
    productId: row[0],
    rating: row[1],
    body: row[2],
    author: row[3],
    writtenAt: row[4],
  }));
}
