import { gone, conect } from "./net.ts";
import "./nowhere.ts";
import "./broken.ts";
import missing from "not-installed";
console.log(gone, conect, missing);
