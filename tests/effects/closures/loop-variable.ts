import { atomic, yieldNow } from "corona";

const jobs: (() => void)[] = [];
const notes: (() => void)[] = [];
for (let i = 0; i < 3; i++) {
  jobs.push(() => { if (i >= 0) yieldNow(); });
  notes.push(() => { console.log(i); });
}

atomic(() => {
  jobs[1](); //~ blocks: every function in the list yields
  notes[1](); //~ safe: every function in the list prints
});
