import { atomic, sleep } from "corona";

const record: Record<string, unknown> = { get a() { sleep(0); return 1; }, b: 2 };

let has = false;
atomic(() => {
  has = "a" in record; //~ safe: asks whether it is there, does not read it
  delete record.a; //~ safe: removes it, does not read it
});
console.log(has, "a" in record);
