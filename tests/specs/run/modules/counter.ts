export let count = 0;
export function increment(): void { count += 1; }
export const later: string = await Promise.resolve("awaited");
export default "default";
