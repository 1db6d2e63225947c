import { atomic, sleep } from "corona";

type Pricing = (amount: number) => number;
class Cart {
  private pricing: Pricing = (amount) => amount;
  usePricing(pricing: Pricing) { this.pricing = pricing; return this; }
  total(amount: number) { return this.pricing(amount); }
}
const flat: Pricing = (amount) => amount * 0.9;
const quoted: Pricing = (amount) => { sleep(0); return amount; };

const local = new Cart().usePricing(flat);
const remote = new Cart().usePricing(quoted);
atomic(() => {
  local.total(10); //~ safe: multiplies
});
atomic(() => {
  remote.total(10); //~ blocks: asks for a quote
});
