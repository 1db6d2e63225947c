/** @nonblocking */
export function look(): void;
/** @blocking */
export function save(): void;
export class Store {
  /** @blocking */
  flush(): void;
}
