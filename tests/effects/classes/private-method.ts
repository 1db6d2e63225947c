import { atomic, sleep } from "corona";

class Vault {
  #items: string[] = [];
  put(item: string) {
    this.#items.push(item);
    this.#seal();
  }
  has(item: string) {
    return this.#find(item) >= 0;
  }
  #seal() {
    sleep(0);
  }
  #find(item: string) {
    return this.#items.indexOf(item);
  }
}

const vault = new Vault();
atomic(() => {
  vault.put("gold"); //~ blocks: the private method sleeps
  vault.has("gold"); //~ safe: the private method searches
});
