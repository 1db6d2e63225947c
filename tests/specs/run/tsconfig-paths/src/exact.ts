export const exact: string = "by exact name";
