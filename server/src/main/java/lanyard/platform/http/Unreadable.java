package lanyard.platform.http;

import java.nio.ByteBuffer;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What Jetty itself refuses, in the same shape as everything else: a request that is not HTTP, a header too long.
/// Nothing of the request is repeated, and nothing of Jetty's reason.
final class Unreadable extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Headers.cors().forEach(response.getHeaders()::put);
        response.getHeaders().put("Content-Type", "application/json");
        response.getHeaders().put("Cache-Control", "no-store");
        response.write(true, ByteBuffer.wrap(body(response.getStatus())), callback);
        return true;
    }

    private static byte[] body(int status) {
        var sentence = switch (status) {
            case 413, 414, 431 -> "The address or a header of the request is too long.";
            case 503 -> "The server is stopping. Try again in a moment.";
            default -> "The request could not be read.";
        };
        var code = status == 413 || status == 414 || status == 431 ? ErrorCode.M_TOO_LARGE : ErrorCode.M_UNKNOWN;
        return Json.bytes(Json.object().put("errcode", code.name()).put("error", sentence));
    }
}
