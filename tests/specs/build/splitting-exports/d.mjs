import { q, make } from "./q.mjs";
export const d = () => q();
export const made = make();
export default class {}
