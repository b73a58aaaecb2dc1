import type { MetadataRoute } from "next";
import { webConfig } from "#web/config.ts";

/** Where the shop is open is known only when it runs. */
export const dynamic = "force-dynamic";

/** What is one person's alone is nobody's to list. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: "*",
      allow: "/",
      disallow: ["/api/", "/cart", "/checkout", "/orders", "/account", "/sign-in", "/sign-up"],
    },
    sitemap: `${webConfig().appUrl}/sitemap.xml`,
  };
}
