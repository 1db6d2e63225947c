/** @jsxRuntime classic */
/** @jsx h */
/** @jsxFrag Fragment */
import { h, Fragment } from "./h.js";
console.log(<a b="c">text<></></a>);
