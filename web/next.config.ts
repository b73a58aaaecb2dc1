import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
import { fixedHeaders } from "./src/content-security.ts";

const withNextIntl = createNextIntlPlugin("./src/i18n/request.ts");

const config: NextConfig = {
  // A build empties its directory first. `npm start` gives each its own, so that none is taken from under a server.
  distDir: process.env["WEB_BUILD"] ?? ".next/alone",
  poweredByHeader: false,
  reactStrictMode: true,
  // TypeScript 7, which this project is checked with, has no API that Next could call; `npm run check` runs it.
  typescript: { ignoreBuildErrors: true },
  // Whatever answers, a file or a failure, carries them; the pages' policy has a nonce and comes from proxy.ts.
  headers: async () => [{ source: "/:path*", headers: [...fixedHeaders] }],
  // A place call may wait ten seconds for the payment and ten for the stores; an event stream beats every fifteen.
  experimental: { proxyTimeout: 60_000 },
};

export default withNextIntl(config);
