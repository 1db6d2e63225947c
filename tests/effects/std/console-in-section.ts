import { atomic } from "corona";

atomic(() => {
  console.log("log"); //~ safe: printing never waits
  console.error("error"); //~ safe: printing never waits
  console.table([1]); //~ safe: printing never waits
});
