console.log("s", globalThis.P);
export const later = () => import("./lazy.cjs");
