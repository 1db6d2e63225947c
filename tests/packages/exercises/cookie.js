import * as cookie from "cookie";
import { show, thrown } from "./show.js";

show("parse", { ...(cookie.parse ?? cookie.parseCookie)("a=1; b=%20x; c=\"q\"; a=2; broken; d=e=f") });
show("serialize", (cookie.serialize ?? cookie.stringifySetCookie)("name", "va lue;", { path: "/", httpOnly: true, maxAge: 60, sameSite: "lax", expires: new Date(0), domain: "x.org" }));
show("errors", [thrown(() => cookie.serialize("bad name", "x")), thrown(() => cookie.serialize("a", "b", { sameSite: "odd" }))]);
