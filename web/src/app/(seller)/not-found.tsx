export { NothingHere as default, nothingHereMetadata as generateMetadata } from "#web/shell/nothing-here.tsx";
