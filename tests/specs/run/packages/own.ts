export const own: string = "own name";
