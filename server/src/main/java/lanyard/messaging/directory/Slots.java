package lanyard.messaging.directory;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// A growing list of places in [DirectoryIndex], without a box for each.
final class Slots {
    private int[] places = new int[2];
    private int size;

    void add(int place) {
        if (size > 0 && places[size - 1] == place) {
            return;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
        }
        places[size++] = place;
    }

    void forEach(IntConsumer each) {
        for (var i = 0; i < size; i++) {
            each.accept(places[i]);
        }
    }
}
