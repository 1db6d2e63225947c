import { sleep } from "corona";
import { order } from "./order.js";
order.push("slow starts");
sleep(5);
order.push("slow ends");
