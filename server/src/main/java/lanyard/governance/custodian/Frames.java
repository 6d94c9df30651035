package lanyard.governance.custodian;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import lanyard.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Messages over a pipe: four bytes of length, then that many bytes. Most are JSON; a case file goes as it is.
final class Frames {
    private static final int LARGEST = 512 << 20;

    private final DataInputStream in;
    private final DataOutputStream out;

    Frames(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
    }

    /// Errors: `EOFException` when the other side has gone, or has sent what nobody sends.
    byte[] read() throws IOException {
        var length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw new EOFException("not a frame");
        }
        var frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException("the other side has gone");
        }
        return frame;
    }

    ObjectNode readJson() throws IOException {
        return Json.largeObject(read());
    }

    void write(byte[] frame) throws IOException {
        if (frame.length > LARGEST) {
            throw new CustodianRefusal("That is too much at once: choose shorter spans.");
        }
        out.writeInt(frame.length);
        out.write(frame);
        out.flush();
    }

    void write(JsonNode json) throws IOException {
        write(Json.bytes(json));
    }
}
