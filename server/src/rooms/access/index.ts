/** The access room: what of digital goods belongs to whom, its files and their download. Uses: order, by SQL. */
export { adoptHoldings, filesOf, type FilesOfRow } from "./access.sql.gen.ts";
export { linkSigner } from "./download-link.ts";
export { presentFile } from "./present.ts";
export { downloadsDeleteOld, holdingsErase, holdingsExport } from "./privacy.sql.gen.ts";
export { accessOf, accessRoutes } from "./routes.ts";
export { scannerOf } from "./scan-file.ts";
export { accessSweeps } from "./sweeps.ts";
export { finishUpload, openUpload, pieceBytes, pieceCountOf, takePiece, type FileDeps } from "./upload-file.ts";
