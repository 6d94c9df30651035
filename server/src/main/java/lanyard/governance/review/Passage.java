package lanyard.governance.review;

import java.util.List;
import java.util.stream.Collectors;

/// A text as it may be disclosed: what was said, and in the place of what is withheld only the reason.
record Passage(List<Piece> pieces) {
    static final Passage EMPTY = new Passage(List.of());

    sealed interface Piece {
        record Said(String text) implements Piece {}

        record Gone(Reason reason) implements Piece {}
    }

    Passage {
        pieces = List.copyOf(pieces);
    }

    static Passage said(String text) {
        return new Passage(List.of(new Piece.Said(text)));
    }

    static Passage gone(Reason reason) {
        return new Passage(List.of(new Piece.Gone(reason)));
    }

    static String mark(Reason reason) {
        return "[withheld: " + reason.code() + "]";
    }

    String plain() {
        return pieces.stream()
                .map(piece -> switch (piece) {
                    case Piece.Said(var text) -> text;
                    case Piece.Gone(var reason) -> mark(reason);
                })
                .collect(Collectors.joining());
    }

    List<Reason> reasons() {
        return pieces.stream()
                .filter(Piece.Gone.class::isInstance)
                .map(piece -> ((Piece.Gone) piece).reason())
                .toList();
    }
}
