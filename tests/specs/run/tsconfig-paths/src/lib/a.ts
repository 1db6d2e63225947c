export const a: string = "a by pattern";
