import type { Options, Settings } from "./net";
export interface Shape { options: Options; settings: Settings }
export enum Color { Red }
