import { atomic, sleep } from "corona";

class HttpError extends Error {
  constructor(readonly status: number, options?: ErrorOptions) { super(`status ${status}`, options); }
  explain() { sleep(0); return this.message; }
}
let text = "";
atomic(() => {
  try { throw new HttpError(500, { cause: new Error("x") }); } catch (error) {
    if (error instanceof HttpError) text = error.explain(); //~ blocks: the explanation sleeps
  }
});
console.log(text);
