import { atomic, sleep } from "corona";

namespace Http {
  export const retries = 2;
  export function head(url: string) { return url.length; }
  export namespace Client {
    export function get(url: string) { sleep(0); return head(url) + retries; }
  }
}
let n = 0;
atomic(() => {
  n = Http.head("/"); //~ safe: a length
  n += Http.Client.get("/"); //~ blocks: the inner one sleeps
});
console.log(n);
