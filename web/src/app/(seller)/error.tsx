"use client";

export { PageError as default } from "#web/shell/page-error.tsx";
