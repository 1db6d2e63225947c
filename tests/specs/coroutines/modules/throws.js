import { sleep } from "corona";
sleep(1);
throw new Error("thrown after a wait");
