import { sleep } from "corona";
import { order } from "./order.js";
sleep(5);
order.push("evaluated");
