package lanyard.messaging.room;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lanyard.messaging.room.RoomOrder.Piece;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.rules.StateKey;

/// <https://spec.matrix.org/v1.18/client-server-api/#post_matrixclientv3createroom>
enum Preset {
    PRIVATE_CHAT("invite", "can_join"),
    TRUSTED_PRIVATE_CHAT("invite", "can_join"),
    PUBLIC_CHAT("public", "forbidden");

    private final String joinRule;
    private final String guestAccess;

    Preset(String joinRule, String guestAccess) {
        this.joinRule = joinRule;
        this.guestAccess = guestAccess;
    }

    /// Errors: `M_INVALID_PARAM`.
    static Preset of(String word) {
        return Arrays.stream(values())
                .filter(preset -> preset.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new MatrixException(ErrorCode.M_INVALID_PARAM, "There is no such preset."));
    }

    List<Piece> pieces() {
        return List.of(
                new Piece(StateKey.of("m.room.join_rules"), Json.object().put("join_rule", joinRule)),
                new Piece(
                        StateKey.of("m.room.history_visibility"), Json.object().put("history_visibility", "shared")),
                new Piece(StateKey.of("m.room.guest_access"), Json.object().put("guest_access", guestAccess)));
    }
}
