package lanyard.messaging.room;

import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.ServerName;

/// A name of a room, `#localpart:server`. <https://spec.matrix.org/v1.18/appendices/#room-aliases>
record RoomAlias(String value) {
    RoomAlias {
        if (!isValid(value)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a room alias.");
        }
    }

    static boolean isValid(String value) {
        var colon = value.indexOf(':');
        return value.startsWith("#")
                && value.length() <= 255
                && colon > 1
                && value.chars().noneMatch(letter -> letter <= 0x20 || (letter >= 0x7f && letter < 0xa0))
                && ServerName.isValid(value.substring(colon + 1));
    }

    boolean isOf(ServerName server) {
        return value.endsWith(":" + server.value());
    }

    @Override
    public String toString() {
        return value;
    }
}
