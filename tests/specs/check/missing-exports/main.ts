import { conect, type Options, Socket, Settings } from "./net";
import net from "./net";
import { slep } from "corona";
import * as all from "./net";
import { round } from "./a.js";
import legacy, { anything } from "./legacy.cjs";
import { Shape, Color } from "./types";
let shape: Shape = { options: {} as Options, settings: null as unknown as Settings };
console.log(conect, Socket, net, slep, all, round, legacy, anything, shape, Color.Red);
