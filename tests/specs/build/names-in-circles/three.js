export const d = "found";
