type Nothing = never;

export function fail<T>(message: string): T {
  const é = "a character of two bytes"; throw new TypeError(message);
}
