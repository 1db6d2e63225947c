import { atomic, sleep } from "corona";

function createUser(name: string) {
  return {
    name,
    greet() { return `hello ${name}`; },
    notify() { sleep(0); return `told ${name}`; },
  };
}

const user = createUser("ann");
atomic(() => {
  user.greet(); //~ safe: formats
  user.notify(); //~ blocks: sleeps
  createUser("bob").greet(); //~ safe: makes another and formats
});
