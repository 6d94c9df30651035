package lanyard.messaging.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.imageio.ImageIO;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a card says of somebody, when a card is asked for, and photos.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonCardTest {
    private static final String PEOPLE = "/_lanyard/v1/people/";
    private static final String TOM = "@tom.fletcher:lanyard.localhost";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestServer server = TestServer.demonstration(clock, Map.of());
    private final TestHttp http = server.http();
    private final Person rhian = server.signIn("rhian.lloyd");
    private final Person amara = server.signIn("amara.okafor");

    @AfterAll
    void close() {
        http.close();
        server.close();
    }

    private Answer card(Person who, String user) {
        return server.get(who, PEOPLE + user);
    }

    private boolean asks(Person who, String user) {
        return card(who, user).body().path("ask").asBoolean();
    }

    private Answer told(Person who, String user) {
        return server.put(who, PEOPLE + user + "/told-apart", Json.object());
    }

    @Test
    @Rule("G26")
    void aCardSaysForWhomSomebodyWorksAndUntilWhenTheyAreConfirmed() {
        var tom = card(rhian, TOM);
        assertThat(tom.text("employer")).isEqualTo("Hillside Community NHS Trust");
        assertThat(tom.text("employer_ods")).isEqualTo("X27");
        assertThat(tom.body().path("outsider").asBoolean()).isTrue();
        assertThat(tom.body().path("confirmed_ts").asLong()).isPositive();
        assertThat(tom.body().has("confirmed_until_ts")).isFalse();
        assertThat(tom.body().path("availability").path("state").asString("")).isEqualTo("busy");
        var own = card(amara, rhian.id());
        assertThat(own.text("employer")).isEqualTo(own.text("organization"));
        assertThat(own.text("bleep")).isEqualTo("2145");
        assertThat(own.body().path("outsider").asBoolean()).isFalse();
    }

    @Test
    @Rule("G26")
    @Hazard("H01")
    void aPairIsAskedAboutOnceAWeekAndOnlyWhereBothCanBeReached() {
        var body =
                Json.object().put("kind", "clinical").put("purpose", "Handover").put("request_id", "card-1");
        body.putArray("member_user_ids").add(rhian.id());
        server.post(amara, "/_lanyard/v1/conversations", body);
        assertThat(card(rhian, amara.id()).body().path("shared_room_ids")).hasSize(1);
        assertThat(asks(rhian, amara.id())).as("the other cannot be reached").isFalse();
        server.signIn("amarah.okafor");
        assertThat(asks(rhian, amara.id())).isTrue();
        assertThat(card(rhian, amara.id()).text("ask_because")).isEqualTo("not_this_week");
        assertThat(card(rhian, "@amarah.okafor:lanyard.localhost").text("ask_because"))
                .isEqualTo("first_contact");
        assertThat(card(rhian, TOM).text("ask_because")).isEqualTo("other_employer");
        assertThat(asks(rhian, TOM)).as("nobody's name is near").isFalse();

        assertThat(told(rhian, amara.id()).status()).isEqualTo(200);
        assertThat(asks(rhian, amara.id())).isFalse();
        assertThat(asks(rhian, "@amarah.okafor:lanyard.localhost"))
                .as("a pair is a pair whoever is meant")
                .isFalse();
        var found = server.post(
                rhian, "/_lanyard/v1/directory/search", Json.object().put("term", "amara okafor"));
        assertThat(found.body().path("people").path(0).path("ask").asBoolean()).isFalse();
        assertThat(asks(amara, "@amarah.okafor:lanyard.localhost"))
                .as("nobody is taken for oneself")
                .isFalse();
        assertThat(told(rhian, "@nobody:lanyard.localhost").text("errcode")).isEqualTo("M_NOT_FOUND");
        clock.move(Duration.ofDays(7).plusSeconds(1));
        assertThat(asks(rhian, amara.id())).isTrue();
    }

    @Test
    @Rule("G26")
    void aConversationWithPeopleOfAnotherEmployerIsAReasonOfItsOwn() {
        var sian = server.signIn("sian.evans");
        server.signIn("tom.fletcher");
        var body = Json.object()
                .put("kind", "clinical")
                .put("purpose", "Discharge")
                .put("request_id", "card-2");
        body.putArray("member_user_ids").add(sian.id());
        var room = server.post(rhian, "/_lanyard/v1/conversations", body).text("room_id");
        var chosen = "@amarah.okafor:lanyard.localhost?room_id=" + room;
        assertThat(card(rhian, chosen).text("ask_because")).isEqualTo("first_contact");
        var visitor = Json.object()
                .put("user_id", TOM)
                .put("reason", "Community bed")
                .put("until_ts", clock.millis() + Duration.ofDays(7).toMillis())
                .put("sponsor_user_id", sian.id());
        var added = server.post(rhian, "/_lanyard/v1/rooms/" + room + "/members", visitor);
        assertThat(added.status()).isEqualTo(200);
        assertThat(card(rhian, chosen).text("ask_because")).isEqualTo("room_with_outsiders");
        assertThat(card(rhian, TOM + "?room_id=" + room).text("ask_because")).isEqualTo("other_employer");
        assertThat(card(amara, chosen).text("ask_because"))
                .as("nothing is told of a conversation to who is not in it")
                .isEqualTo("first_contact");
        assertThat(card(rhian, "@amarah.okafor:lanyard.localhost?room_id=ward").text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void aBleepNumberFindsWhoCarriesIt() {
        var found = server.post(
                amara, "/_lanyard/v1/directory/search", Json.object().put("term", "bleep 2145"));
        assertThat(found.body().path("people")).hasSize(1);
        assertThat(found.body().path("people").path(0).path("user_id").asString(""))
                .isEqualTo(rhian.id());
        var slip = server.post(
                amara, "/_lanyard/v1/directory/search", Json.object().put("term", "2146"));
        assertThat(slip.body().path("people"))
                .as("a number is taken at its word")
                .isEmpty();
    }

    @Test
    @Rule("G26")
    void anAdministratorsPhotoIsShownToColleaguesSmallAndWithoutItsMetadata() throws IOException {
        var helen = server.signIn("helen.ashworth");
        var path = PEOPLE + amara.id() + "/photo";
        assertThat(http.get(path, rhian.token()).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(http.send("PUT", path, rhian.token(), picture()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.send("PUT", path, helen.token(), "no picture".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        assertThat(http.send("PUT", path, helen.token(), picture()).status()).isEqualTo(200);
        var version = card(rhian, amara.id()).body().path("photo_version").asLong();
        assertThat(version).isPositive();
        var shown = http.get(path, rhian.token());
        assertThat(shown.header("Content-Type")).isEqualTo("image/jpeg");
        var small = ImageIO.read(new ByteArrayInputStream(shown.bytes()));
        assertThat(small.getWidth()).isEqualTo(192);
        assertThat(small.getHeight()).isEqualTo(192);
        assertThat(new String(shown.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("taken on ward 7");
        assertThat(http.get(path).errcode()).isEqualTo("M_MISSING_TOKEN");
        http.send("PUT", path, helen.token(), picture());
        assertThat(card(rhian, amara.id()).body().path("photo_version").asLong())
                .isGreaterThan(version);
        assertThat(http.send("DELETE", path, rhian.token(), new byte[0]).errcode())
                .isEqualTo("M_FORBIDDEN");
        http.send("DELETE", path, helen.token(), new byte[0]);
        assertThat(card(rhian, amara.id()).body().path("photo_version").asLong())
                .isZero();
        assertThat(http.get(path, rhian.token()).status()).isEqualTo(404);
    }

    /// A JPEG of 600 by 400 with a comment in it.
    private static byte[] picture() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB), "jpeg", out);
        var plain = out.toByteArray();
        var comment = "taken on ward 7".getBytes(StandardCharsets.UTF_8);
        var with = new ByteArrayOutputStream();
        with.write(plain, 0, 2);
        with.write(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) (comment.length + 2)});
        with.write(comment);
        with.write(plain, 2, plain.length - 2);
        return with.toByteArray();
    }
}
