import { q } from "./q.mjs";
export const e = () => q();
export const load = () => import("./d.mjs");
