import { EventEmitter } from "node:events";
import { sep } from "path";
import { left } from "left-alone/deep";
console.log(typeof EventEmitter, sep, left);
