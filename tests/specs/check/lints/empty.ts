import { atomic } from "corona";
let shared = 0;
export function work(items: number[]) {
  let local = 1;
  atomic: {
    local += 2;
    console.log(Math.max(local, 3));
  }
  atomic(() => {
    let sum = 0;
    return sum + 1;
  });
  atomic: {
    items.push(local);
  }
  atomic: {
    shared += local;
  }
}

const state: Record<string, number> = { a: 1 };
export function looks() {
  atomic: {
    Reflect.set(state, "a", 2);
  }
  atomic: {
    delete state.a;
  }
  let text = "";
  atomic: {
    text = JSON.stringify(state);
  }
  let copy;
  atomic: {
    copy = structuredClone(state);
  }
  atomic: {
    copy = "a" in state;
  }
  return { text, copy };
}
