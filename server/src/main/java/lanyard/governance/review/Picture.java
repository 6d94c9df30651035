package lanyard.governance.review;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// A picture without what is hidden beside it: where and when it was taken, by whom, captions, smaller copies of what
/// was cut away.
///
/// What could go wrong: a name that is withheld from every text leaves in a picture's EXIF, or behind its end. The
/// principle: only what is needed to show the pixels is copied, part by part; a picture of which that cannot be said
/// does not leave.
final class Picture {
    private static final Set<String> PNG_PARTS =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "acTL", "fcTL", "fdAT");
    private static final Set<String> WEBP_PARTS = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final String ADOBE = "Adobe";
    private static final int ADOBE_BYTES = 12;
    /// Of VP8X: that an ICC profile, EXIF or XMP follow.
    private static final int WEBP_HIDDEN = 0x20 | 0x08 | 0x04;

    private Picture() {}

    /// Whether it is one, whatever it is called.
    static boolean is(String type, byte[] file) {
        return type.startsWith("image/")
                || starts(file, 0, "\u00ff\u00d8\u00ff")
                || starts(file, 0, "\u0089PNG")
                || starts(file, 0, "GIF8")
                || (starts(file, 0, "RIFF") && starts(file, 8, "WEBP"))
                || starts(file, 0, "II*\0")
                || starts(file, 0, "MM\0*")
                || (starts(file, 4, "ftyp")
                        && (starts(file, 8, "hei") || starts(file, 8, "mif1") || starts(file, 8, "avi")));
    }

    private static boolean starts(byte[] file, int at, String with) {
        return file.length >= at + with.length()
                && new String(file, at, with.length(), StandardCharsets.ISO_8859_1).equals(with);
    }

    /// The pixels and no more. Empty for a kind that we do not know, and for one that is damaged.
    static Optional<byte[]> clean(byte[] file) {
        var in = ByteBuffer.wrap(file);
        var out = new ByteArrayOutputStream(file.length);
        try {
            var whole = starts(file, 0, "\u00ff\u00d8\u00ff")
                    ? jpeg(in, out)
                    : starts(file, 0, "\u0089PNG")
                            ? png(in, file, out)
                            : starts(file, 0, "GIF8")
                                    ? gif(in, out)
                                    : starts(file, 0, "RIFF") && starts(file, 8, "WEBP") && webp(in, out);
            return whole ? Optional.of(out.toByteArray()) : Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] take(ByteBuffer in, int bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var taken = new byte[bytes];
        in.get(taken);
        return taken;
    }

    /// <https://www.w3.org/Graphics/JPEG/itu-t81.pdf> (annex B). Applications' segments and comments stay behind, but
    /// for the one that says how its colours are meant.
    private static boolean jpeg(ByteBuffer in, ByteArrayOutputStream out) {
        out.writeBytes(take(in, 2));
        while (true) {
            var marker = marker(in);
            if (marker == 0xd9) {
                out.write(0xff);
                out.write(marker);
                return true;
            }
            var length = Short.toUnsignedInt(in.getShort());
            var segment = take(in, length - 2);
            if (isNeeded(marker, segment)) {
                var kept = marker == 0xee ? ADOBE_BYTES : segment.length;
                out.write(0xff);
                out.write(marker);
                out.write((kept + 2) >> 8);
                out.write(kept + 2);
                out.write(segment, 0, kept);
            }
            if (marker == 0xda) {
                scan(in, out);
            }
        }
    }

    private static int marker(ByteBuffer in) {
        if (Byte.toUnsignedInt(in.get()) != 0xff) {
            throw new IllegalArgumentException("not a marker");
        }
        var marker = 0xff;
        while (marker == 0xff) {
            marker = Byte.toUnsignedInt(in.get());
        }
        return marker;
    }

    private static boolean isNeeded(int marker, byte[] segment) {
        if (marker == 0xee) {
            return segment.length >= ADOBE_BYTES && starts(segment, 0, ADOBE);
        }
        // Frames, tables, scans, restart intervals; no applications' segments, no comments.
        return marker >= 0xc0 && marker <= 0xdf;
    }

    /// What is coded between two markers.
    private static void scan(ByteBuffer in, ByteArrayOutputStream out) {
        while (true) {
            var one = Byte.toUnsignedInt(in.get());
            if (one == 0xff) {
                var next = Byte.toUnsignedInt(in.get(in.position()));
                if (next != 0 && (next < 0xd0 || next > 0xd7)) {
                    in.position(in.position() - 1);
                    return;
                }
                out.write(one);
                out.write(Byte.toUnsignedInt(in.get()));
            } else {
                out.write(one);
            }
        }
    }

    /// <https://www.w3.org/TR/png-3/#4Concepts.FormatTypes>
    private static boolean png(ByteBuffer in, byte[] file, ByteArrayOutputStream out) {
        var magic = take(in, PNG.length);
        if (!java.util.Arrays.equals(magic, PNG)) {
            return false;
        }
        out.writeBytes(magic);
        while (true) {
            var length = in.getInt();
            var from = in.position() - 4;
            var name = new String(take(in, 4), StandardCharsets.ISO_8859_1);
            take(in, length);
            take(in, 4);
            if (PNG_PARTS.contains(name)) {
                out.write(file, from, in.position() - from);
            }
            if (name.equals("IEND")) {
                return true;
            }
        }
    }

    /// <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>: comments, plain text and applications' extensions stay
    /// behind.
    private static boolean gif(ByteBuffer in, ByteArrayOutputStream out) {
        var head = take(in, 13);
        out.writeBytes(head);
        out.writeBytes(take(in, colours(head[10])));
        while (true) {
            var block = Byte.toUnsignedInt(in.get());
            switch (block) {
                case 0x3b -> {
                    out.write(block);
                    return true;
                }
                case 0x2c -> {
                    var image = take(in, 9);
                    out.write(block);
                    out.writeBytes(image);
                    out.writeBytes(take(in, colours(image[8])));
                    out.writeBytes(take(in, 1));
                    out.writeBytes(blocks(in));
                }
                case 0x21 -> {
                    var label = in.get();
                    var said = blocks(in);
                    if (Byte.toUnsignedInt(label) == 0xf9) {
                        out.write(block);
                        out.write(label);
                        out.writeBytes(said);
                    }
                }
                default -> {
                    return false;
                }
            }
        }
    }

    private static int colours(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static byte[] blocks(ByteBuffer in) {
        var out = new ByteArrayOutputStream();
        while (true) {
            var length = Byte.toUnsignedInt(in.get());
            out.write(length);
            if (length == 0) {
                return out.toByteArray();
            }
            out.writeBytes(take(in, length));
        }
    }

    /// <https://www.rfc-editor.org/rfc/rfc9649#section-2.7>
    private static boolean webp(ByteBuffer in, ByteArrayOutputStream out) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        take(in, 4);
        var end = in.getInt() + 8;
        take(in, 4);
        var parts = new ByteArrayOutputStream();
        while (in.position() < end) {
            var name = new String(take(in, 4), StandardCharsets.ISO_8859_1);
            var length = in.getInt();
            var part = take(in, length);
            if (length % 2 == 1) {
                take(in, 1);
            }
            if (WEBP_PARTS.contains(name)) {
                if (name.equals("VP8X") && length > 0) {
                    part[0] &= (byte) ~WEBP_HIDDEN;
                }
                parts.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
                parts.writeBytes(number(length));
                parts.writeBytes(part);
                parts.write(new byte[1], 0, length % 2);
            }
        }
        out.writeBytes("RIFF".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(number(parts.size() + 4));
        out.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(parts.toByteArray());
        return true;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
