"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
Object.defineProperty(exports, "babelNamed", { enumerable: true, get: function () { return "babel"; } });
var _star = require("./babel_star.cjs");
Object.keys(_star).forEach(function (key) {
  if (key === "default" || key === "__esModule") return;
  if (key in exports && exports[key] === _star[key]) return;
  Object.defineProperty(exports, key, { enumerable: true, get: function () { return _star[key]; } });
});
