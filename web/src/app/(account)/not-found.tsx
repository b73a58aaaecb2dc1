export { nothingHereMetadata as generateMetadata } from "#web/shell/nothing-here-metadata.ts";
export { NothingHere as default } from "#web/shell/nothing-here.tsx";
