package lanyard.messaging.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs [Thumbnailer] in a process of its own.
final class ThumbnailProcess {
    private static final int SECONDS = 10;
    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] GIF = {'G', 'I', 'F', '8'};

    private ThumbnailProcess() {}

    static byte[] run(ThumbnailSize size, InputStream picture) throws IOException {
        var start = picture.readNBytes(8);
        if (!begins(start, PNG) && !begins(start, JPEG) && !begins(start, GIF)) {
            throw Thumbnails.noPicture();
        }
        var builder = new ProcessBuilder(command(size)).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        var process = builder.start();
        try {
            var answer = CompletableFuture.supplyAsync(() -> read(process), Thread::startVirtualThread);
            feed(process, start, picture);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw Thumbnails.tooLarge();
            }
            return thumbnail(process.exitValue(), answer.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Thumbnails.tooLarge();
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] thumbnail(int outcome, byte[] answer) {
        if (outcome == 0 && (begins(answer, PNG) || begins(answer, JPEG)) && answer.length < LARGEST_ANSWER) {
            return answer;
        }
        throw outcome == Thumbnailer.UNREADABLE ? Thumbnails.noPicture() : Thumbnails.tooLarge();
    }

    /// The classes of this server alone, as little memory as a decoded picture of the largest size takes.
    private static List<String> command(ThumbnailSize size) {
        var program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = Path.of(java.net.URI.create(ThumbnailProcess.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
        return List.of(
                program,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                classes,
                Thumbnailer.class.getName(),
                Integer.toString(size.width()),
                Integer.toString(size.height()),
                size.crop() ? "crop" : "scale");
    }

    private static void feed(Process process, byte[] start, InputStream picture) throws IOException {
        try (var out = process.getOutputStream()) {
            out.write(start);
            picture.transferTo(out);
        } catch (IOException e) {
            // It has seen enough: its outcome says what of.
            if (process.isAlive()) {
                process.destroyForcibly();
            }
        }
    }

    private static byte[] read(Process process) {
        try (var in = process.getInputStream()) {
            return in.readNBytes(LARGEST_ANSWER);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static boolean begins(byte[] bytes, byte[] with) {
        return bytes.length >= with.length && java.util.Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }
}
