import "server-only";
import { getFormatter, getTranslations } from "next-intl/server";
import { call } from "#web/api/call.ts";
import { serverApi } from "#web/api/server.ts";

/** As many as are read before somebody decides; the newest. */
const shownMax = 10;

/** What owners say of a file that is for sale; nothing where nobody has. */
export async function ProductReviews({ productId }: { readonly productId: string }) {
  const t = await getTranslations("library.reviews");
  const format = await getFormatter();
  const api = await serverApi();
  const params = { path: { id: productId }, query: { limit: shownMax } };
  const { count, averageRating, reviews } = await call(api.GET("/api/products/{id}/reviews", { params }));
  if (averageRating === null) return null;
  return (
    <section aria-labelledby="reviews" className="pt-20">
      <h2 id="reviews" className="text-xl font-medium tracking-[-0.01em]">
        {t("title")}
      </h2>
      <p className="pt-1 pb-6 text-sm text-muted">
        {t("average", { average: format.number(averageRating, { maximumFractionDigits: 1 }), count })}
      </p>
      <ul className="flex max-w-prose flex-col divide-y divide-line">
        {reviews.map(({ rating, body, author, writtenAt }) => (
          <li key={`${writtenAt} ${rating} ${body}`} className="flex flex-col gap-1 py-4">
            <p className="text-sm font-medium">
              {t("by", { author: author ?? t("buyer"), rating })}{" "}
              <time dateTime={writtenAt} className="font-normal text-muted">
                {format.dateTime(new Date(writtenAt), { dateStyle: "medium", timeZone: "UTC" })}
              </time>
            </p>
            {body !== "" && <p className="whitespace-pre-line">{body}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
