export { OrderSkeleton as default } from "#web/orders/order-skeleton.tsx";
