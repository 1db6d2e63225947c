import { atomic } from "corona";
import { look, save, Store } from "./store.js";

atomic(() => {
  look();
  save();
  new Store().flush();
});
