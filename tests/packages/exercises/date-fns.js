import { addMonths, differenceInCalendarDays, eachDayOfInterval, endOfMonth, format, formatDistance, formatISO, getISOWeek, intervalToDuration, isValid, parse, parseISO, startOfWeek } from "date-fns";
import { de, fr } from "date-fns/locale";
import { show } from "./show.js";

const date = new Date(2024, 1, 29, 13, 5, 9);
show("format", format(date, "yyyy-MM-dd HH:mm:ss EEEE do MMMM QQQ 'week' I"));
show("german", format(date, "EEEE, d. MMMM yyyy", { locale: de }));
show("french", format(date, "PPPP", { locale: fr }));
show("add", format(addMonths(date, 12), "yyyy-MM-dd"));
show("distance", formatDistance(date, new Date(2024, 5, 1), { addSuffix: true }));
show("days", differenceInCalendarDays(new Date(2025, 0, 1), date));
show("each", eachDayOfInterval({ start: date, end: new Date(2024, 2, 2) }).map((d) => format(d, "dd.MM.")));
show("week", [getISOWeek(date), format(startOfWeek(date, { weekStartsOn: 1 }), "yyyy-MM-dd"), format(endOfMonth(date), "d")]);
show("parse", formatISO(parse("03/04/2021 5 PM", "dd/MM/yyyy h a", new Date(0)), { representation: "date" }));
show("invalid", [isValid(parse("x", "yyyy", new Date(0))), isValid(parseISO("2020-02-30"))]);
show("duration", intervalToDuration({ start: new Date(2020, 0, 1), end: new Date(2021, 2, 3, 4, 5) }));
