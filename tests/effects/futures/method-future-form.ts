import { atomic, Channel } from "corona";

const channel = new Channel<number>(2);
let got = 0;
atomic(() => {
  const sent = channel.future.send(1); //~ safe: started, not waited for
  const received = channel.future.receive(); //~ safe: started, not waited for
  sent.get(); //~ blocks: waits
  got = received.get(); //~ blocks unreached: it got its value while the first was waited for, which nothing checks
});
console.log(got);
