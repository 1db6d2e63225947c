// Each request asks the backend three times, one after the other.
import { serve } from "corona:http";

const ask = () => fetch("http://127.0.0.1:8378/").get().text().get();

serve({ port: 8377, hostname: "127.0.0.1" }, () => {
  const a = ask();
  const b = ask();
  const c = ask();
  return new Response(a + b + c);
});
console.log("listening");
