import { atomic, sleep } from "corona";

const seen: string[] = [];
const visit = (word: string) => { seen.push(word); };
const visitSlowly = (word: string) => { seen.push(word); sleep(0); };

atomic(() => {
  ["a"].forEach(visit); //~ safe: pushes
  ["a"].forEach(visitSlowly); //~ blocks: the visitor sleeps
});
