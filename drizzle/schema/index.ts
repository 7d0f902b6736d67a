export * from "./accounts";
export * from "./brands";
export * from "./campaigns";
export * from "./contests";
export * from "./idempotency";
export * from "./participants";
export * from "./rewards";
export * from "./webhooks";
