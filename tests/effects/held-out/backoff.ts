import { atomic, sleep } from "corona";

interface Policy { attempts: number; delay(attempt: number): number }
function withRetry<T>(work: () => T, { attempts, delay }: Policy, pause: (ms: number) => void = sleep): T {
  for (let attempt = 0; ; attempt++) {
    try { return work(); } catch (error) {
      if (attempt + 1 >= attempts) throw error;
      pause(delay(attempt));
    }
  }
}
let calls = 0;
const flaky = () => { if (++calls < 2) throw new Error("again"); return calls; };
let n = 0;
atomic(() => {
  n = withRetry(flaky, { attempts: 3, delay: () => 0 }); //~ blocks: pauses after the first attempt
});
atomic(() => {
  n = withRetry(() => 1, { attempts: 3, delay: () => 0 }, () => {}); //~ safe: another pause is given
});
console.log(n);
