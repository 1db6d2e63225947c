"use strict";
const { blocking } = require("corona");
const isAtomic = () => !blocking.allowed;
function inside() { atomic: { return [isAtomic(), this]; } }
console.log(inside(), isAtomic());
require("./plain.js");
