import "empty";
import "broken";
import "absent";
import "fine";
import "fine/deep";
import "./main";
import "./HELPER.ts";
import("./lazy.js");
