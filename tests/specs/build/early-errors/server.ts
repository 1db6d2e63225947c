class Pool {
  #idle: string[] = [];
  take(name: string) {
    const name = this.#idel.pop();
    return name;
  }
}
const pattern = /^(\d+$/;
console.log(new Pool().take("a"), pattern);
