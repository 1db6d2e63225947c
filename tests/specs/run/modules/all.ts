export * from "./counter.ts";
export * as counter from "./counter.ts";
export { default as fallback } from "./counter.ts";
