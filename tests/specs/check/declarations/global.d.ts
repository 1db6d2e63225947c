/** @blocking */
declare function hostCall(): void;
/** @nonblocking */
declare function hostLook(): number;

declare module "native-db" {
  interface Client {
    /** @blocking */
    query(text: string): string[];
    /** @nonblocking */
    peek(): string;
    other(): void;
  }
  /** @nonblocking */
  export function connect(): Client;
  /** @nonblocking */
  export const version: () => string;
}
