import { atomic, sleep } from "corona";

const users = [{ id: 1 }, { id: 2 }];
const isAllowed = (user: { id: number }) => { sleep(0); return user.id > 1; };
const isFirst = (user: { id: number }) => user.id === 1;

let n = 0;
atomic(() => {
  n += users.filter(isFirst).length; //~ safe: compares ids
  n += users.find(isFirst)!.id; //~ safe: compares ids
  n += users.filter(isAllowed).length; //~ blocks: asks somebody for each user
  n += users.findLast(isAllowed)!.id; //~ blocks: asks somebody for each user
});
console.log(n);
