import { used } from "./lib.ts";
import { pure } from "pure";
import "effects";
console.log(used(), pure);
