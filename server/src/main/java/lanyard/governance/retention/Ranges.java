package lanyard.governance.retention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.LongStream;

/// Numbers written as ranges: `3-17,20`.
final class Ranges {
    private Ranges() {}

    static String text(long[] numbers) {
        var sorted = Arrays.stream(numbers).sorted().distinct().toArray();
        var parts = new ArrayList<String>();
        for (var i = 0; i < sorted.length; i++) {
            var first = sorted[i];
            while (i + 1 < sorted.length && sorted[i + 1] == sorted[i] + 1) {
                i++;
            }
            parts.add(first == sorted[i] ? Long.toString(first) : first + "-" + sorted[i]);
        }
        return String.join(",", parts);
    }

    static long[] of(String text) {
        if (text.isEmpty()) {
            return new long[0];
        }
        return Arrays.stream(text.split(",", -1))
                .flatMapToLong(part -> {
                    var ends = part.split("-", 2);
                    var first = Long.parseLong(ends[0]);
                    return ends.length == 1
                            ? LongStream.of(first)
                            : LongStream.rangeClosed(first, Long.parseLong(ends[1]));
                })
                .toArray();
    }
}
