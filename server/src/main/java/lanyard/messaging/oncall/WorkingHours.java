package lanyard.messaging.oncall;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ArrayNode;

/// When in the week somebody works. A time that ends before it begins goes on into the next day.
public record WorkingHours(List<Time> times) {
    static final WorkingHours NONE = new WorkingHours(List.of());
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final int MOST = 28;
    private static final int WEEK = 7;

    /// One time in each week.
    public record Time(DayOfWeek day, LocalTime from, LocalTime until) {
        long begins(LocalDate date) {
            return date.atTime(from).atZone(LONDON).toInstant().toEpochMilli();
        }

        long ends(LocalDate date) {
            var last = until.isAfter(from) ? date : date.plusDays(1);
            return last.atTime(until).atZone(LONDON).toInstant().toEpochMilli();
        }
    }

    static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    /// `[{day:"mon", from:"08:00", until:"18:00"}]`. Errors: `M_INVALID_PARAM`.
    static WorkingHours read(ArrayNode list) {
        if (list.size() > MOST) {
            throw wrong();
        }
        var times = new ArrayList<Time>();
        for (var one : list) {
            var day = Arrays.stream(DayOfWeek.values())
                    .filter(known -> word(known).equals(one.path("day").asString("")))
                    .findFirst()
                    .orElseThrow(WorkingHours::wrong);
            times.add(new Time(
                    day,
                    time(one.path("from").asString("")),
                    time(one.path("until").asString(""))));
        }
        return new WorkingHours(List.copyOf(times));
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw wrong();
        }
    }

    private static MatrixException wrong() {
        return new MatrixException(
                ErrorCode.M_INVALID_PARAM,
                "Working hours are at most " + MOST + " times such as {day:\"mon\", from:\"08:00\", until:\"18:00\"}.");
    }

    ArrayNode json() {
        var list = Json.array();
        times.forEach(time -> list.addObject()
                .put("day", word(time.day()))
                .put("from", time.from().toString())
                .put("until", time.until().toString()));
        return list;
    }

    boolean isKnown() {
        return !times.isEmpty();
    }

    private record Stretch(long from, long until) {}

    private List<Stretch> around(long now) {
        var today = Instant.ofEpochMilli(now).atZone(LONDON).toLocalDate();
        return LongStream.rangeClosed(-1, WEEK)
                .mapToObj(today::plusDays)
                .flatMap(date -> times.stream()
                        .filter(time -> time.day() == date.getDayOfWeek())
                        .map(time -> new Stretch(time.begins(date), time.ends(date))))
                .toList();
    }

    /// When the working time that it is now ends; empty outside of working hours.
    OptionalLong endOfNow(long now) {
        return around(now).stream()
                .filter(stretch -> stretch.from() <= now && now < stretch.until())
                .mapToLong(Stretch::until)
                .max();
    }

    /// When the next one begins.
    OptionalLong next(long now) {
        return around(now).stream()
                .mapToLong(Stretch::from)
                .filter(from -> from > now)
                .min();
    }
}
