import { sleep } from "corona";
sleep(1);
await null;
sleep(1);
export default "dynamic";
