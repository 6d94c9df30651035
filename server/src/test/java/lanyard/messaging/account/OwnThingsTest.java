package lanyard.messaging.account;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.AliceAndBob;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// A person's devices, tags and notes of rooms, as any Matrix client asks for them.
class OwnThingsTest extends AliceAndBob {
    private static final String V3 = "/_matrix/client/v3/";

    private List<String> devices(Person person) {
        return server.get(person, V3 + "devices")
                .body()
                .path("devices")
                .valueStream()
                .map(device -> device.path("device_id").asString(""))
                .toList();
    }

    private Person login(Person person) {
        var body = Json.object().put("type", "m.login.password").put("password", "p-" + name(person));
        body.putObject("identifier").put("type", "m.id.user").put("user", person.id());
        var answer = server.call("POST", V3 + "login", null, body);
        return new Person(person.id(), answer.text("device_id"), answer.text("access_token"));
    }

    /// Asked again who they are, as a stranger with the token would be.
    private int delete(Person person, ObjectNode devices) {
        var path = V3 + "delete_devices";
        var asked = server.post(person, path, devices);
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.body().path("flows").toString()).contains("m.login.password");
        var again = devices.deepCopy();
        var auth = again.putObject("auth").put("type", "m.login.password").put("session", asked.text("session"));
        auth.put("password", "p-" + name(person))
                .putObject("identifier")
                .put("type", "m.id.user")
                .put("user", person.id());
        return server.post(person, path, again).status();
    }

    private static String name(Person person) {
        return person.id().substring(1, person.id().indexOf(':'));
    }

    @Test
    void severalDevicesAreRemovedAtOnceAndOnlyOnesOwn() {
        var second = login(alice);
        var third = login(alice);
        assertThat(devices(alice)).containsExactlyInAnyOrder(alice.device(), second.device(), third.device());
        var body = Json.object();
        body.putArray("devices").add(second.device()).add(third.device()).add(bob.device());
        assertThat(delete(bob, body)).isEqualTo(200);
        assertThat(devices(alice)).hasSize(3);
        bob = login(bob);
        assertThat(delete(alice, body)).isEqualTo(200);
        assertThat(devices(alice)).containsExactly(alice.device());
        assertThat(server.get(second, V3 + "devices").status()).isEqualTo(401);
        assertThat(devices(bob)).containsExactly(bob.device());
    }

    /// Held against the specification like every answer here; what it says is in `RegistrationTest`.
    @Test
    void howAppsSignInIsSaidToAnybody() {
        var metadata = server.call("GET", "/_matrix/client/v1/auth_metadata", null, null);
        assertThat(metadata.status()).isEqualTo(200);
        assertThat(metadata.text("token_endpoint")).endsWith("/oauth2/token");
    }

    @Test
    void tagsAndNotesOfARoomAreOnesOwn() {
        var room = server.room(alice, bob);
        var base = V3 + "user/" + segment(alice.id()) + "/rooms/" + segment(room);
        var order = Json.ownObject("{\"order\":0.25}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(server.raw("PUT", base + "/tags/u.ward", alice, Json.bytes(order))
                        .status())
                .isEqualTo(200);
        assertThat(server.put(alice, base + "/tags/m.favourite", Json.object()).status())
                .isEqualTo(200);
        assertThat(server.get(alice, base + "/tags").body().path("tags").propertyNames())
                .containsExactlyInAnyOrder("u.ward", "m.favourite");
        assertThat(server.get(alice, base + "/tags").body().toString()).contains("0.25");
        assertThat(server.call("DELETE", base + "/tags/u.ward", alice, null).status())
                .isEqualTo(200);
        assertThat(server.get(alice, base + "/tags").body().path("tags").propertyNames())
                .containsExactly("m.favourite");

        var note = base + "/account_data/org.example.note";
        assertThat(server.put(alice, note, Json.object().put("colour", "blue")).status())
                .isEqualTo(200);
        assertThat(server.get(alice, note).text("colour")).isEqualTo("blue");
        assertThat(server.get(bob, base + "/tags").text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(server.put(bob, base + "/tags/u.x", Json.object()).status()).isEqualTo(403);
        assertThat(server.put(bob, note, Json.object()).status()).isEqualTo(403);
        assertThat(server.put(alice, base + "/account_data/m.fully_read", Json.object())
                        .status())
                .isEqualTo(405);
        assertThat(server.get(alice, V3 + "joined_rooms")
                        .body()
                        .path("joined_rooms")
                        .toString())
                .contains(room);
    }
}
