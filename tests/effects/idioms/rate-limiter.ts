import { atomic, sleep } from "corona";

class Bucket {
  constructor(private tokens: number) {}
  take() { while (!this.tryTake()) { sleep(0); this.tokens++; } }
  tryTake() {
    if (this.tokens <= 0) return false;
    this.tokens--;
    return true;
  }
}

const bucket = new Bucket(0);
atomic(() => {
  bucket.tryTake(); //~ safe: looks and takes
  bucket.take(); //~ blocks: sleeps until there is one
});
