// A first-in, first-out queue in an array: `Array.shift` of a long one moves all of it.

export class Queue {
  /** Its length is a power of two, or 0. */
  #slots = [];
  #head = 0;
  size = 0;

  push(value) {
    const length = this.#slots.length;
    if (this.size === length) {
      const grown = new Array(length === 0 ? 8 : length * 2);
      for (let i = 0; i < length; i++) grown[i] = this.#slots[(this.#head + i) & (length - 1)];
      this.#slots = grown;
      this.#head = 0;
    }
    this.#slots[(this.#head + this.size++) & (this.#slots.length - 1)] = value;
  }

  /** The oldest value; there must be one. */
  shift() {
    const value = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.size--;
    return value;
  }
}
