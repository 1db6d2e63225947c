// The labelled block: left by return, break, continue, throw and at its end, it is always balanced.
import { blocking, sleep } from "corona";

const refuses = () => {
  try {
    sleep(0);
    return "blocks";
  } catch (error) {
    return (error as Error).name;
  }
};

atomic: {
  console.log("inside", blocking.allowed, refuses());
  atomic: {
    console.log("nested", blocking.allowed);
    break atomic;
  }
  console.log("after the inner one", blocking.allowed);
}
console.log("outside", blocking.allowed, refuses());

function returns() {
  atomic: {
    return `returned ${blocking.allowed}`;
  }
}
console.log(returns(), blocking.allowed);

try {
  atomic: {
    throw new Error("thrown");
  }
} catch (error) {
  console.log((error as Error).message, blocking.allowed);
}

const seen: unknown[] = [];
outer: for (let i = 0; i < 5; i++) {
  atomic: {
    if (i === 1) continue;
    if (i === 2) continue outer;
    if (i === 4) break outer;
    seen.push(i);
  }
  seen.push(blocking.allowed);
}
console.log(seen.join(), blocking.allowed);

class Account {
  balance = 1;
  take() {
    atomic: {
      if (this.balance === 0) return false;
      this.balance--;
      return true;
    }
  }
}
const account = new Account();
console.log(account.take(), account.take(), blocking.allowed);
