export { OrdersSkeleton as default } from "#web/orders/orders-skeleton.tsx";
