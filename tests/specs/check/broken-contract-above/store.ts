export abstract class Store {
  /** @nonblocking */
  abstract peek(): number;
  abstract load(): void;
}
