import { atomic, sleep } from "corona";

const pages = [1, 2];
let items: number[] = [];
atomic(() => {
  items = pages.flatMap((page) => [page, page * 10]); //~ safe: makes arrays
  items = pages.flatMap((page) => { sleep(0); return [page]; }); //~ blocks: loads each page
  items = [[1], [2]].flat(); //~ safe: copies
});
console.log(items.length);
