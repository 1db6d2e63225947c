import { atomic } from "corona";

const stream = new ReadableStream<string>({
  start(controller) {
    controller.enqueue("a");
    controller.close();
  },
});
const other = new Response("abc").body!;
let text = "";
atomic(() => {
  text += stream.locked; // a property
  for (const chunk of stream) text += chunk; //~ blocks: each chunk may have to be waited for
  other.cancel(); //~ safe: gives a promise
});
console.log(text);
