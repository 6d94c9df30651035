package lanyard.messaging.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// Faces beside names: from the console, and from the organisation's directory.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaffPhotosTest {
    private static final String PATH = "/console/photos";
    private static final String USERS = "/scim/v2/Users";

    private TestServer server;
    private TestHttp http;
    private TestConsole jack;
    private Person rhian;
    private String directory = "";

    @BeforeAll
    void start() {
        server = TestServer.demonstration(new MovableClock(Instant.parse("2026-11-23T09:00:00Z")), Map.of());
        http = server.http();
        rhian = server.signIn("rhian.lloyd");
        var helen = server.signIn("helen.ashworth");
        directory = Json.text(
                http.post("/_lanyard/v1/scim/tokens", helen.token(), Json.object())
                        .json(),
                "token");
        jack = TestConsole.signedIn(server, "jack.turner");
    }

    @AfterAll
    void stop() {
        http.close();
        server.close();
    }

    private long version(String user) {
        return server.get(rhian, "/_lanyard/v1/people/" + user)
                .body()
                .path("photo_version")
                .asLong();
    }

    private BufferedImage shown(String user) throws IOException {
        var answer = http.get("/_lanyard/v1/people/" + user + "/photo", rhian.token());
        assertThat(answer.status()).isEqualTo(200);
        return ImageIO.read(new ByteArrayInputStream(answer.bytes()));
    }

    private Answer scim(String method, String path, ObjectNode body) {
        return http.send(method, path, directory, Json.bytes(body));
    }

    private static ObjectNode person(String name) {
        return Json.object().put("userName", name).put("displayName", name).put("active", true);
    }

    private static ObjectNode withPhoto(ObjectNode resource, String address) {
        resource.putArray("photos").addObject().put("type", "photo").put("value", address);
        return resource;
    }

    private static String inline(byte[] picture) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture);
    }

    private static ObjectNode patch(String op, String path, String value) {
        var body = Json.object();
        var one = body.putArray("Operations").addObject().put("op", op).put("path", path);
        if (!value.isEmpty()) {
            one.put("value", value);
        }
        return body;
    }

    /// Red above, blue below, as a phone held upright writes it: lying on its side, with a note how to turn it.
    private static byte[] fromAPhone() throws IOException {
        var picture = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, 200, 400);
        pen.setColor(Color.BLUE);
        pen.fillRect(200, 0, 200, 400);
        pen.dispose();
        var plain = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", plain);
        var tiff = "MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0taken on ward 7";
        var exif = ("Exif\0\0" + tiff).getBytes(StandardCharsets.ISO_8859_1);
        var whole = new ByteArrayOutputStream();
        whole.write(plain.toByteArray(), 0, 2);
        whole.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (exif.length + 2)});
        whole.write(exif);
        whole.write(plain.toByteArray(), 2, plain.size() - 2);
        return whole.toByteArray();
    }

    @Test
    @Rule("G26")
    @Hazard("H01")
    void theHelpDeskFindsSomebodyAndUploadsTheirPhotoUprightAndWithoutItsMetadata() throws IOException {
        var amara = "@amara.okafor:lanyard.localhost";
        assertThat(jack.get(PATH).text()).contains("Staff photos").contains("worse than none");
        var found = jack.post(PATH, PATH, Map.of("name", "amara"));
        assertThat(found.html()).contains("href=\"" + PATH + "/" + amara + "\"");
        assertThat(found.text()).contains("No photo");
        assertThat(jack.post(PATH, PATH, Map.of("name", "zzyzx")).text()).contains("Nobody of your organisation");
        assertThat(jack.post(PATH, PATH, Map.of("name", "")).status()).isEqualTo(422);
        var page = PATH + "/" + amara;
        assertThat(jack.get(page).text()).contains("names like this", "Amarah Okafor", "colleagues see initials");
        assertThat(jack.upload(page, page, Map.of("photo", fromAPhone())).status())
                .isEqualTo(303);
        assertThat(jack.get(page).html()).contains(page + "/picture?v=" + version(amara));
        assertThat(jack.get(page + "/picture").headers()).containsEntry("content-type", "image/jpeg");
        var photo = shown(amara);
        assertThat(photo.getWidth()).isEqualTo(192);
        assertThat(new Color(photo.getRGB(96, 20)).getRed()).as("red is above").isGreaterThan(200);
        assertThat(new Color(photo.getRGB(96, 170)).getBlue())
                .as("blue is below")
                .isGreaterThan(200);
        assertThat(new String(
                        http.get("/_lanyard/v1/people/" + amara + "/photo", rhian.token())
                                .bytes(),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("Exif", "ward 7");
        assertThat(jack.post(page + "/take-away", page, Map.of()).status()).isEqualTo(303);
        assertThat(version(amara)).isZero();
        assertThat(Behind.audited(server, "person.photo_set")).isPositive();
        assertThat(Behind.audited(server, "person.photo_taken_away")).isPositive();
    }

    @Test
    void whatIsNoPictureIsRefusedBesideItsFieldAndOthersMayNotUpload() throws IOException {
        var page = PATH + "/@sian.evans:lanyard.localhost";
        jack.get(page);
        var none = jack.upload(page, page, Map.of());
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.text()).contains("Choose a file.");
        var text = jack.upload(page, page, Map.of("photo", "no picture".getBytes(StandardCharsets.UTF_8)));
        assertThat(text.status()).isEqualTo(422);
        assertThat(text.text()).contains("This file is no JPEG or PNG picture.");
        assertThat(jack.upload(page, page, Map.of("photo", new byte[11 * 1024 * 1024]))
                        .text())
                .contains("up to 10 MB");
        assertThat(jack.get(PATH + "/@nobody:lanyard.localhost").status()).isEqualTo(404);
        assertThat(jack.get(PATH + "/@sian.evans:lanyard.localhost/picture").status())
                .isEqualTo(404);
        var elin = TestConsole.signedIn(server, "elin.parry");
        assertThat(elin.get(page).status()).isEqualTo(403);
        assertThat(elin.upload(page, page, Map.of("photo", fromAPhone())).status())
                .isEqualTo(403);
        assertThat(version("@sian.evans:lanyard.localhost")).isZero();
    }

    @Test
    @Rule("G26")
    void theDirectorySendsAPhotoChangesItAndTakesItAwayAndIsNeverShownIt() throws IOException {
        var made = scim("POST", USERS, withPhoto(person("nia.face"), inline(fromAPhone())));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).doesNotContain("photos");
        var nia = "@nia.face:lanyard.localhost";
        var first = version(nia);
        assertThat(shown(nia).getWidth()).isEqualTo(192);
        var path = USERS + "/" + Json.text(made.json(), "id");
        assertThat(scim("PUT", path, person("nia.face").put("title", "Nurse")).status())
                .isEqualTo(200);
        assertThat(version(nia)).as("not a word of it").isEqualTo(first);
        assertThat(scim("PUT", path, withPhoto(person("nia.face"), inline(fromAPhone())))
                        .status())
                .isEqualTo(200);
        assertThat(version(nia)).as("the same again").isEqualTo(first);
        assertThat(scim("PATCH", path, patch("remove", "photos", "")).status()).isEqualTo(200);
        assertThat(version(nia)).isZero();
        var other = inline(fromAPhone());
        assertThat(scim("PATCH", path, patch("replace", "photos[type eq \"photo\"].value", other))
                        .status())
                .isEqualTo(200);
        assertThat(version(nia)).isPositive();
        assertThat(scim("PATCH", path, patch("replace", "title", "Ward manager"))
                        .status())
                .isEqualTo(200);
        assertThat(version(nia)).isPositive();
        var schema = http.get("/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User", directory);
        assertThat(schema.text()).contains("\"photos\"", "\"writeOnly\"");
    }

    @Test
    @Hazard("H01")
    void anAddressIsNeverFetchedAndIsNoReasonToKeepSomebodyWhoLeaves() throws IOException {
        try (var trap = new ServerSocket()) {
            trap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            trap.setSoTimeout(300);
            var address = "http://127.0.0.1:" + trap.getLocalPort() + "/photo.jpg";
            var refused = scim("POST", USERS, withPhoto(person("lee.face"), address));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("Nothing is fetched", "invalidValue", "console");
            assertThat(http.get(USERS + "?filter=userName+eq+%22lee.face%22", directory)
                            .json()
                            .path("totalResults")
                            .asInt())
                    .isZero();
            var made = scim("POST", USERS, person("lee.face"));
            var path = USERS + "/" + Json.text(made.json(), "id");
            assertThat(scim("PATCH", path, patch("add", "photos", address)).status())
                    .isEqualTo(400);
            assertThat(scim("PUT", path, withPhoto(person("lee.face"), inline(new byte[9])))
                            .text())
                    .contains("Only PNG, JPEG and GIF");
            var leaves = withPhoto(person("lee.face").put("active", false), address);
            assertThat(scim("PUT", path, leaves).status()).isEqualTo(200);
            assertThat(http.get(path, directory).json().path("active").asBoolean())
                    .isFalse();
            assertThat(isAsked(trap)).as("nobody came for it").isFalse();
        }
    }

    private static boolean isAsked(ServerSocket trap) throws IOException {
        try (var _ = trap.accept()) {
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }
}
