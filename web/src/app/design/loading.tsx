export { PageLoading as default } from "#web/shell/page-loading.tsx";
