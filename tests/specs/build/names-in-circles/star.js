export * from "./back.js";
export * from "./leaf.js";
