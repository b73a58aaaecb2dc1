import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
import { readWebConfig } from "./src/config.ts";
import { fixedHeaders } from "./src/content-security.ts";
import { pictureQuality, pictureWidths } from "./src/ui/picture-source.ts";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./src/i18n/request.ts",
  // The browser then needs no parser of sentences: 9 kB less of every page. `t.raw` is the price.
  experimental: { messages: { path: "./messages", format: "json", locales: "infer", precompile: true } },
});

const { pictureOrigins, isSandbox } = readWebConfig(process.env);

const config: NextConfig = {
  // A build empties its directory first. `npm start` gives each its own, so that none is taken from under a server.
  distDir: process.env["WEB_BUILD"] ?? ".next/alone",
  poweredByHeader: false,
  // The API's own addresses stay as they are; pages are told by proxy.ts.
  skipTrailingSlashRedirect: true,
  reactStrictMode: true,
  // TypeScript 7, which this project is checked with, has no API that Next could call; `npm run check` runs it.
  typescript: { ignoreBuildErrors: true },
  // Whatever answers, a file or a failure, carries them; the pages' policy has a nonce and comes from proxy.ts.
  headers: async () => [{ source: "/:path*", headers: [...fixedHeaders] }],
  images: {
    // Read when the server starts. Drawings (SVG) are loaded from their origin as they are, the rest comes resized.
    remotePatterns: pictureOrigins.map((origin) => new URL("/**", origin)),
    dangerouslyAllowLocalIP: isSandbox,
    formats: ["image/avif", "image/webp"],
    // Those that are asked for, and no others.
    deviceSizes: [...pictureWidths],
    imageSizes: [],
    qualities: [pictureQuality],
    minimumCacheTTL: 86_400,
  },
  // A place call may wait ten seconds for the payment and ten for the stores; an event stream beats every fifteen.
  experimental: { proxyTimeout: 60_000 },
};

export default withNextIntl(config);
