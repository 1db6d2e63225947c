export * from "./star.js";
