package lanyard.messaging.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import lanyard.platform.blob.Blobs;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTest {
    private static final String V1 = "/_matrix/client/v1/media/";
    private static final int LARGEST = 400_000;

    @TempDir
    private static Path directory = Path.of("");

    private final TestIdentity ground = TestIdentity.start();
    private final Path files = directory.resolve(Long.toString(System.nanoTime()));
    private final Media media = new Media(new MediaParts(
            ground.database,
            ground.writer,
            Blobs.in(files, ground.keys),
            ground.identity,
            ground.audit,
            new MediaParts.Clockwork(ground.clock, ground.random, new MediaSettings(LARGEST, 1_000_000), true)));
    private final TestHttp http = TestHttp.serving(media);
    private final String ann =
            ground.signedIn(ground.person("ann", "Ann Jones")).accessToken();
    private final String bob = ground.signedIn(ground.person("bob", "Bob Hart")).accessToken();

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    private Answer upload(String token, String type, String name, byte[] content) {
        var query = name.isEmpty() ? "" : "?filename=" + lanyard.TestServer.segment(name);
        return http.send(HttpRequest.newBuilder(http.address("/_matrix/media/v3/upload" + query))
                .POST(BodyPublishers.ofByteArray(content))
                .header("Content-Type", type)
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private String uploaded(String type, String name, byte[] content) {
        var answer = upload(ann, type, name, content);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var uri = Json.text(answer.json(), "content_uri");
        assertThat(uri).matches("mxc://ward\\.test/[A-Za-z0-9_-]{32}");
        return uri.substring("mxc://".length());
    }

    private Answer part(String path, String range) {
        return http.send(HttpRequest.newBuilder(http.address(V1 + "download/" + path))
                .header("Authorization", "Bearer " + bob)
                .header("Range", range)
                .build());
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        return bytes;
    }

    private long filesLeft() throws IOException {
        try (var walk = Files.walk(files)) {
            return walk.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void whatIsUploadedIsDownloadedByColleaguesAndNobodyElse() {
        var content = bytes(200_000);
        var file = uploaded("image/png", "rash.png", content);
        var answer = http.get(V1 + "download/" + file, bob);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(content);
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        assertThat(answer.header("Content-Disposition")).isEqualTo("inline; filename=\"rash.png\"");
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        var named = http.get(V1 + "download/" + file + "/other.pdf", bob);
        assertThat(named.header("Content-Disposition")).isEqualTo("inline; filename=\"other.pdf\"");

        assertThat(http.get(V1 + "download/" + file).errcode()).isEqualTo("M_MISSING_TOKEN");
        var id = file.substring("ward.test/".length());
        for (var wrong : List.of(
                "elsewhere.test/" + id, "ward.test/" + "A".repeat(32), "ward.test/x", "ward.test/..%2F..%2Fnode")) {
            assertThat(http.get(V1 + "download/" + wrong, bob).errcode()).isEqualTo("M_NOT_FOUND");
        }
    }

    @Test
    void theLimitIsSaidAndHeld() throws IOException {
        assertThat(http.get(V1 + "config", ann).json()).isEqualTo(Json.object().put("m.upload.size", LARGEST));
        assertThat(http.get(V1 + "config").errcode()).isEqualTo("M_MISSING_TOKEN");
        assertThat(upload(ann, "image/png", "", bytes(LARGEST + 1)).errcode()).isEqualTo("M_TOO_LARGE");
        var unsized = http.send(HttpRequest.newBuilder(http.address("/_matrix/media/v3/upload"))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes(LARGEST + 1))))
                .header("Authorization", "Bearer " + ann)
                .build());
        assertThat(unsized.errcode()).isEqualTo("M_TOO_LARGE");
        assertThat(filesLeft()).isZero();
        uploaded("image/png", "", bytes(LARGEST));
        uploaded("image/png", "", bytes(LARGEST));
        assertThat(upload(ann, "image/png", "", bytes(LARGEST)).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(filesLeft()).isEqualTo(2);
        assertThat(upload(bob, "image/png", "", bytes(10)).status()).isEqualTo(200);
        assertThat(http.send("POST", "/_matrix/media/v3/upload", null, bytes(10))
                        .errcode())
                .isEqualTo("M_MISSING_TOKEN");
    }

    @Test
    void aPartIsSentWhenAPartIsAskedFor() {
        var content = bytes(200_000);
        var file = uploaded("video/mp4", "", content);
        var middle = part(file, "bytes=100000-150000");
        assertThat(middle.status()).isEqualTo(206);
        assertThat(middle.header("Content-Range")).isEqualTo("bytes 100000-150000/200000");
        assertThat(middle.bytes()).isEqualTo(Arrays.copyOfRange(content, 100_000, 150_001));
        assertThat(part(file, "bytes=199990-").bytes()).isEqualTo(Arrays.copyOfRange(content, 199_990, 200_000));
        assertThat(part(file, "bytes=-5").bytes()).isEqualTo(Arrays.copyOfRange(content, 199_995, 200_000));
        assertThat(part(file, "bytes=199999-300000").bytes()).hasSize(1);
        assertThat(part(file, "bytes=0-0,5-6").status()).isEqualTo(200);
        assertThat(part(file, "lines=1-2").status()).isEqualTo(200);
        var beyond = part(file, "bytes=200000-");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */200000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | page.html | attachment; filename=\"page.html\" | text/html",
                "image/svg+xml | a.svg | attachment; filename=\"a.svg\" | image/svg+xml",
                "text/plain; charset=utf-8 | a.txt | inline; filename=\"a.txt\" | text/plain; charset=utf-8",
                "nonsense | ../../etc/passwd | attachment; filename=\"passwd\" | application/octet-stream",
                "image/png | Röntgen.png | inline; filename*=utf-8''R%C3%B6ntgen.png | image/png"
            })
    void aFileIsShownOnlyWhereItCanDoNoHarm(String type, String name, String disposition, String served) {
        var answer = http.get(V1 + "download/" + uploaded(type, name, bytes(10)), bob);
        assertThat(answer.header("Content-Disposition")).isEqualTo(disposition);
        assertThat(answer.header("Content-Type")).isEqualTo(served);
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
    }

    @Test
    void aNameCannotAddAHeader() {
        var file = uploaded("image/png", "a\r\nSet-Cookie: x=1\"; b" + "😀".repeat(300), bytes(10));
        var answer = http.get(V1 + "download/" + file, bob);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Content-Disposition")).startsWith("inline; filename*=utf-8''a__Set-Cookie");
    }

    @Test
    void aDestroyedFileIsGoneAndSaidInTheAudit() throws IOException {
        var file = uploaded("image/png", "", bytes(1000));
        var id = file.substring("ward.test/".length());
        assertThat(media.destroy(id, "@ann:ward.test", "retention")).isTrue();
        assertThat(media.destroy(id, "@ann:ward.test", "again")).isFalse();
        assertThat(http.get(V1 + "download/" + file, bob).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(filesLeft()).isZero();
        media.sweep();
        assertThat(media.find(id).orElseThrow().gone()).isTrue();
        assertThat(media.listOf(TestIdentity.user("ann"), 10)).isEmpty();
    }

    @Test
    void aQuarantinedFileIsShownToNobodyUntilItIsReleased() {
        var file = uploaded("image/png", "", bytes(1000));
        var id = file.substring("ward.test/".length());
        assertThat(media.quarantine(id, "@ann:ward.test", true)).isTrue();
        assertThat(media.quarantine(id, "@ann:ward.test", true)).isFalse();
        assertThat(http.get(V1 + "download/" + file, bob).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(media.quarantine(id, "@ann:ward.test", false)).isTrue();
        assertThat(http.get(V1 + "download/" + file, bob).status()).isEqualTo(200);
    }

    @Test
    void anUploadThatIsCutLeavesNothing() throws IOException, InterruptedException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), http.server().port())) {
            var head = "POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ann
                    + "\r\nContent-Type: image/png\r\nContent-Length: 300000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes(150_000));
            socket.getOutputStream().flush();
            for (var i = 0; i < 100 && filesLeft() == 0; i++) {
                Thread.sleep(20);
            }
        }
        for (var i = 0; i < 200 && filesLeft() > 0; i++) {
            Thread.sleep(20);
        }
        assertThat(filesLeft()).isZero();
        assertThat(media.listOf(TestIdentity.user("ann"), 10)).isEmpty();
    }

    private static byte[] picture(int width, int height, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    private Answer thumbnail(String file, String query) {
        return http.get(V1 + "thumbnail/" + file + "?" + query, bob);
    }

    @Test
    void plainPicturesAreMadeSmall() throws IOException {
        for (var format : List.of("png", "jpeg", "gif")) {
            var file = uploaded("image/" + format, "", picture(1000, 500, format));
            var scaled = thumbnail(file, "width=300&height=200&method=scale");
            assertThat(scaled.status()).as(scaled.text()).isEqualTo(200);
            assertThat(scaled.header("Content-Type")).isEqualTo(format.equals("jpeg") ? "image/jpeg" : "image/png");
            assertThat(scaled.header("Content-Disposition")).startsWith("inline");
            var small = ImageIO.read(new ByteArrayInputStream(scaled.bytes()));
            assertThat(small.getWidth()).isEqualTo(320);
            assertThat(small.getHeight()).isEqualTo(160);
        }
        var file = uploaded("image/png", "", picture(1000, 500, "png"));
        var cropped = ImageIO.read(new ByteArrayInputStream(
                thumbnail(file, "width=96&height=96&method=crop").bytes()));
        assertThat(cropped.getWidth()).isEqualTo(96);
        assertThat(cropped.getHeight()).isEqualTo(96);
        var tiny = uploaded("image/png", "", picture(10, 10, "png"));
        assertThat(ImageIO.read(new ByteArrayInputStream(
                                thumbnail(tiny, "width=640&height=480").bytes()))
                        .getWidth())
                .as("nothing is made larger")
                .isEqualTo(10);
    }

    @Test
    void whatIsNoPictureOrABombIsRefused() throws IOException {
        var text = uploaded("image/png", "", bytes(1000));
        assertThat(thumbnail(text, "width=96&height=96").status()).isEqualTo(400);
        assertThat(thumbnail(text, "width=96&height=96").errcode()).isEqualTo("M_UNKNOWN");
        var broken = Arrays.copyOf(picture(1000, 500, "png"), 60);
        assertThat(thumbnail(uploaded("image/png", "", broken), "width=96&height=96")
                        .status())
                .isEqualTo(400);
        var bomb = uploaded("image/png", "", bomb());
        assertThat(thumbnail(bomb, "width=96&height=96").errcode()).isEqualTo("M_TOO_LARGE");
        var file = uploaded("image/png", "", picture(10, 10, "png"));
        assertThat(thumbnail(file, "width=-1&height=96").errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(thumbnail(file, "width=96").errcode()).isEqualTo("M_MISSING_PARAM");
        assertThat(http.get(V1 + "thumbnail/" + file + "?width=1&height=1").errcode())
                .isEqualTo("M_MISSING_TOKEN");
    }

    /// Says that it has 65,535 × 65,535 pixels.
    private static byte[] bomb() throws IOException {
        var png = picture(10, 10, "png");
        for (var at : new int[] {16, 20}) {
            png[at] = 0;
            png[at + 1] = 0;
            png[at + 2] = (byte) 0xff;
            png[at + 3] = (byte) 0xff;
        }
        var crc = new java.util.zip.CRC32();
        crc.update(png, 12, 17);
        java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }
}
