export const hidden: string = "hidden";
