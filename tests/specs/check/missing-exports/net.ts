export function connect() {}
export class Socket {}
export interface Options {}
export type Settings = { a: 1 };
