import { atomic, sleep } from "corona";

const urls = ["a", "b"];
let all: Promise<number>[] = [];
atomic(() => {
  all = urls.map(async (url) => { await null; sleep(0); return url.length; }); //~ safe: each waits first, then sleeps after the section
  all = urls.map(async (url) => { sleep(0); return url.length; }); //~ blocks: each sleeps at once
});
console.log((await Promise.all(all)).length);
