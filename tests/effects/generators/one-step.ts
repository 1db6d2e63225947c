import { atomic, sleep } from "corona";

function* pages() {
  yield "first";
  sleep(1);
  yield "second";
}

function* cold() {
  sleep(1);
  yield 1;
}

const one = pages();
const two = cold();
const never = cold();
atomic(() => {
  one.next(); //~ safe: as far as the first page
  two.next(); //~ blocks: it has to be asked for
  never.return(undefined); //~ safe: it has not begun
  for (const page of pages()) console.log(page); //~ blocks: between the pages
});
