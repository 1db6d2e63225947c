import { atomic, sleep } from "corona";

class Worker {
  rest = () => sleep(0);
  id = 1;
}

atomic(() => {
  const worker = new Worker(); //~ safe: the field holds a function that is not called
  worker.rest(); //~ blocks: calls the function in the field
});
