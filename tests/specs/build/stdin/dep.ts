export const x = "from stdin";
