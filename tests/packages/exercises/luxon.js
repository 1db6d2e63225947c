import { DateTime, Duration, Info, Interval } from "luxon";
import { show } from "./show.js";

const date = DateTime.fromISO("2024-03-31T00:30:00", { zone: "Europe/Berlin" });
show("format", [date.toISO(), date.toFormat("yyyy LLL dd HH:mm ZZZZ"), date.setLocale("de").toLocaleString(DateTime.DATE_FULL)]);
show("summer time", [date.plus({ hours: 2 }).toISO(), date.plus({ days: 1 }).toISO(), date.isInDST, date.plus({ days: 1 }).isInDST]);
show("zones", date.setZone("America/New_York").toISO());
show("diff", DateTime.fromISO("2025-01-01", { zone: "utc" }).diff(date, ["months", "days", "hours"]).toObject());
show("duration", [Duration.fromISO("P1Y2M3DT4H").toObject(), Duration.fromObject({ minutes: 90 }).shiftTo("hours", "minutes").toHuman()]);
show("interval", Interval.fromISO("2024-01-01/P3D", { zone: "utc" }).splitBy({ days: 1 }).map((part) => part.start.toISODate()));
show("parse", [DateTime.fromFormat("12 mars 2020", "d MMMM yyyy", { locale: "fr", zone: "utc" }).toISODate(), DateTime.fromSQL("2020-13-01").invalidExplanation, DateTime.fromHTTP("Sun, 06 Nov 1994 08:49:37 GMT").toUTC().toISO()]);
show("info", [Info.months("short", { locale: "en" }), Info.isValidIANAZone("Mars/Base")]);
show("relative", date.toRelative({ base: date.plus({ days: 3 }), locale: "en" }));
