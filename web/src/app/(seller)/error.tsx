"use client";

export { PartError as default } from "#web/shell/page-error.tsx";
