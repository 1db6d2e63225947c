import dayjs from "dayjs";
import "dayjs/locale/de.js";
import customParseFormat from "dayjs/plugin/customParseFormat.js";
import duration from "dayjs/plugin/duration.js";
import relativeTime from "dayjs/plugin/relativeTime.js";
import utc from "dayjs/plugin/utc.js";
import weekOfYear from "dayjs/plugin/weekOfYear.js";
import { show } from "./show.js";

[customParseFormat, duration, relativeTime, utc, weekOfYear].forEach((plugin) => dayjs.extend(plugin));
const date = dayjs.utc("2024-02-29T13:05:09Z");
show("format", date.format("YYYY-MM-DD HH:mm:ss dddd MMM"));
show("german", date.locale("de").format("dddd, D. MMMM YYYY"));
show("math", [date.add(1, "year").format("YYYY-MM-DD"), date.startOf("week").format("MM-DD"), date.endOf("month").date(), date.diff("2020-01-01", "month")]);
show("parse", dayjs.utc("05/02/69 1:02 PM", "DD/MM/YY h:mm A").toISOString());
show("relative", date.from(dayjs.utc("2024-06-01")));
show("duration", [dayjs.duration(3661, "s").format("HH:mm:ss"), dayjs.duration({ hours: 2 }).humanize()]);
show("week", [date.week(), dayjs("nope").isValid(), date.isBefore("2025-01-01")]);
