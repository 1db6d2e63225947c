/** @blocking */
export function hash(): string;
/** @nonblocking */
export declare const cached: () => string;
