export enum Color { Red, Green = 5, Blue }
export const enum Level { Low = 1, High = Low << 3 }
export interface Unused { a: string }
export namespace Shape { export function area(x: number) { return x * x; } }
