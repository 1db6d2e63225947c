import * as corona from "corona";

corona.atomic(() => {
  corona.stats(); //~ safe: counts
  corona.sleep(0); //~ blocks: sleep through the namespace
});
