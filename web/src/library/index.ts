/** What other surfaces may use of the library. */
export { DownloadButton, useOwned } from "./owned-good.tsx";
export { OwnReview } from "./own-review.tsx";
