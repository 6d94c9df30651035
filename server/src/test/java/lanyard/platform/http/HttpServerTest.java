package lanyard.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    @Test
    void anEchoComesBack() {
        try (var http = TestHttp.routing(routes -> routes.add(
                "PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
                x -> Reply.json(x.body()
                        .put("room", x.param("roomId"))
                        .put("type", x.param("eventType"))
                        .put("key", x.param("stateKey")))))) {
            var body = Json.object().put("a", 1);
            var answer = http.put("/_matrix/client/r0/rooms/!a%2Fb:c/state/m.room.name/", null, body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json())
                    .isEqualTo(Json.object()
                            .put("a", 1)
                            .put("room", "!a/b:c")
                            .put("type", "m.room.name")
                            .put("key", ""));
        }
    }
}
