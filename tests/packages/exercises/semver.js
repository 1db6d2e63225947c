import semver from "semver";
import Range from "semver/classes/range.js";
import { show } from "./show.js";

show("compare", ["1.2.3", "1.10.0", "1.2.3-beta.2", "1.2.3-beta.11", "2.0.0+b"].sort(semver.compare));
show("satisfies", [["1.2.9", "^1.2.3"], ["2.0.0", "^1.2.3"], ["0.2.5", "~0.2.3 || >=3"], ["1.2.3-a", ">=1.2.2"], ["3.4.5", "1.x || 3.x"]].map((pair) => semver.satisfies(...pair)));
show("inc", ["major", "minor", "patch", "prerelease"].map((kind) => semver.inc("1.2.3", kind, "rc")));
show("range", [new Range("^1.2.3 <1.5 || 2.x").range, String(new Range("*")), semver.validRange("bad range!")]);
show("coerce", [String(semver.coerce("v3.4 replaced")), semver.valid("1.2"), semver.clean(" =v1.2.3 ")]);
show("max", semver.maxSatisfying(["1.0.0", "1.3.0", "2.1.0"], "1"));
show("minimum", String(semver.minVersion(">1.2.3 <3")));
show("diff", [semver.diff("1.2.3", "1.3.0"), semver.diff("1.0.0", "2.0.0-rc.1")]);
show("subset", semver.subset("^1.2.0", ">=1 <3"));
show("simplify", String(semver.simplifyRange(["1.0.0", "1.1.0", "2.0.0"], ">=1.0.0 <1.2.0")));
