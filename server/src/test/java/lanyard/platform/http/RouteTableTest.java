package lanyard.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lanyard.platform.http.RouteTable.Found;
import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private final RouteTable routes = new RouteTable()
            .add("GET /_matrix/client/v3/rooms/{roomId}/state", x -> Reply.empty())
            .add("GET /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}", x -> Reply.empty())
            .add("PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}", x -> Reply.empty())
            .add("POST /_matrix/client/v3/keys/query", x -> Reply.empty())
            .add("GET /_matrix/client/v3/keys/{what}", x -> Reply.empty())
            .add("GET /_lanyard/v1/about", x -> Reply.empty());

    private Map<String, String> parameters(String path) {
        return routes.find("GET", path) instanceof Found.Endpoint endpoint ? endpoint.parameters() : Map.of();
    }

    @ParameterizedTest
    @CsvSource({
        "!a:b, !a:b",
        "%21a%3Ab, !a:b",
        "!a%2Fb:c, !a/b:c",
        "!a%252Fb, !a%2Fb",
        "a+b, a+b",
        "a%20b, a b",
        "a;b=c, a;b=c",
        "caf%C3%A9, café",
    })
    void aSegmentIsDecodedAfterThePathIsSplit(String raw, String decoded) {
        assertThat(parameters("/_matrix/client/v3/rooms/" + raw + "/state")).containsEntry("roomId", decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%c0%af", "%ed%a0%80", "a%00b"})
    void anEscapeThatCannotBeReadIsRefused(String raw) {
        assertThatThrownBy(() -> parameters("/_matrix/client/v3/rooms/" + raw + "/state"))
                .isInstanceOf(MatrixException.class);
    }

    @Test
    void theOldPrefixLeadsToTheSameEndpoint() {
        assertThat(parameters("/_matrix/client/r0/rooms/!a/state")).containsEntry("roomId", "!a");
        assertThat(routes.find("GET", "/_matrix/client/v1/rooms/!a/state")).isEqualTo(new Found.Nothing());
    }

    @Test
    void anEmptyStateKeyIsAStateKey() {
        assertThat(parameters("/_matrix/client/v3/rooms/!a/state/m.room.name/")).containsEntry("stateKey", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/client/v3/rooms//state",
                "/_matrix/client/v3/rooms/!a/state//",
                "//_lanyard/v1/about",
                "/_lanyard/v1/about/",
                "/_lanyard//v1/about",
                "/_lanyard/v1/../v1/about",
                "/_lanyard/v1/ABOUT",
                "/_lanyard/v1",
                "/",
                "",
                "*"
            })
    void nothingElseIsFound(String path) {
        assertThat(routes.find("GET", path)).isEqualTo(new Found.Nothing());
    }

    @Test
    void aWordGoesBeforeAParameterAndTheSearchGoesBack() {
        assertThat(routes.find("POST", "/_matrix/client/v3/keys/query")).isInstanceOf(Found.Endpoint.class);
        assertThat(parameters("/_matrix/client/v3/keys/query")).containsEntry("what", "query");
    }

    @Test
    void anotherMethodIsNamed() {
        assertThat(routes.find("DELETE", "/_matrix/client/v3/rooms/!a/state/t/k"))
                .isInstanceOfSatisfying(
                        Found.WrongMethod.class,
                        wrong -> assertThat(wrong.allowed()).containsExactly("GET", "PUT"));
    }

    @Test
    void theSameRouteTwiceIsABug() {
        assertThatThrownBy(() -> routes.add("GET /_lanyard/v1/about", x -> Reply.empty()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> routes.add("/_lanyard/v1/about", x -> Reply.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRoutesAreListedAsDeclared() {
        assertThat(routes.routes()).hasSize(6).contains("GET /_lanyard/v1/about");
    }
}
