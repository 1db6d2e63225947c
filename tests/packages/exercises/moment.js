import moment from "moment";
import "moment/locale/fr.js";
import { show } from "./show.js";

moment.locale("en");
const date = moment.utc("2024-02-29T13:05:09Z");
show("format", [date.format("YYYY-MM-DD HH:mm:ss dddd Do MMMM"), date.format("LLLL"), date.toISOString()]);
show("french", date.clone().locale("fr").format("dddd D MMMM YYYY, LT"));
show("math", [date.clone().add(1, "year").format("L"), date.clone().startOf("isoWeek").format("MM-DD"), date.daysInMonth(), date.diff("2020-01-01", "days")]);
show("parse", [moment.utc("24/12/2019 09:15:00", "DD MM YYYY hh:mm:ss").format(), moment.utc("2020-02-30", "YYYY-MM-DD", true).isValid(), moment("x", "YYYY").isValid()]);
show("relative", [date.from(moment.utc("2024-06-01")), moment.duration(90, "minutes").humanize(), moment.duration("P1DT2H").asHours()]);
show("calendar", date.calendar(moment.utc("2024-03-01")));
show("locales", moment.locales());
