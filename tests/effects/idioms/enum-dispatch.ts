import { atomic, sleep } from "corona";

enum Op { Add, Drop, Sync }
function apply(op: Op, list: number[]) {
  switch (op) {
    case Op.Add: list.push(1); return;
    case Op.Drop: list.pop(); return;
    case Op.Sync: sleep(0);
  }
}
function label(op: Op) {
  switch (op) {
    case Op.Add: return "add";
    case Op.Drop: return "drop";
    default: return "sync";
  }
}

const list: number[] = [];
atomic(() => {
  label(Op.Sync); //~ safe: strings
  apply(Op.Sync, list); //~ blocks: syncing sleeps
});
