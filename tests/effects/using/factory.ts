import { atomic, yieldNow } from "corona";

function lock(release: () => void) {
  return { [Symbol.dispose]: release };
}
let held = 1;
const release = () => { held--; };
const politely = () => { held--; yieldNow(); };

atomic: { using _ = lock(release); } //~ safe: releasing decrements
atomic: { using _ = lock(politely); } //~ blocks: releasing yields
console.log(held);
