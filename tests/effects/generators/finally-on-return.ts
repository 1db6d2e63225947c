import { atomic, sleep } from "corona";

function* session() {
  try {
    yield "open";
  } finally {
    sleep(0);
  }
}
function* plain() {
  yield "open";
}

const a = session();
a.next();
const b = plain();
b.next();
atomic(() => {
  b.return(undefined); //~ safe: there is nothing to clean up
  a.return(undefined); //~ blocks: returning runs finally, which sleeps
});
