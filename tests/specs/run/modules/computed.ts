export const value: string = "computed";
