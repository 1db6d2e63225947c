import { atomic, sleep } from "corona";

function retry<T>(times: number, attempt: () => T): T {
  for (let i = 1; ; i++) {
    try {
      return attempt();
    } catch (error) {
      if (i >= times) throw error;
      sleep(0); // backs off
    }
  }
}
function retryAtOnce<T>(times: number, attempt: () => T): T {
  for (let i = 1; ; i++) {
    try {
      return attempt();
    } catch (error) {
      if (i >= times) throw error;
    }
  }
}

let calls = 0;
const flaky = () => { if (++calls % 2 === 1) throw new Error("again"); return calls; };
atomic(() => {
  retryAtOnce(3, flaky); //~ safe: tries again without a pause
  retry(3, flaky); //~ blocks: pauses between attempts
});
