import { helper } from "./helpr";
helper();
