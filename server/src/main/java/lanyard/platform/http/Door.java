package lanyard.platform.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import lanyard.platform.CrashPoint;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every request comes through here: route, answer, map what was thrown, put the headers on.
final class Door extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final String NO_ROUTE = "(no route)";

    private final HttpSettings settings;
    private final RouteTable routes;
    private final StaticFiles files;
    private final Refusals refusals = new Refusals();

    Door(HttpSettings settings, RouteTable routes, StaticFiles files) {
        this.settings = settings;
        this.routes = routes;
        this.files = files;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // A parked poll is silent for longer than an idle connection may be; only reading and writing time out.
        request.addIdleTimeoutListener(_ -> false);
        var exchange = new JettyExchange(request, settings, Map.of());
        var reply = answer(request, exchange);
        var asksFirst = request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
        var tooSlow = reply.status() == 408;
        // Whoever asks first whether to send what was refused is not told to. A good answer that did not need the
        // body leaves it no less on the line: the next request comes behind it.
        var isTaken = asksFirst ? reply.status() < 400 : !tooSlow && Body.drain(request);
        if (!isTaken) {
            exchange.replyHeader("Connection", "close");
        }
        CrashPoint.at("door.answered");
        var isStillSending = !isTaken && !asksFirst && !tooSlow;
        write(exchange, reply, response, isStillSending ? lingering(request, callback) : callback);
        return true;
    }

    /// Ends the exchange only when the caller has had time to read the answer.
    private static Callback lingering(Request request, Callback callback) {
        Runnable linger = () -> {
            Body.linger(request);
            callback.succeeded();
        };
        return Callback.from(() -> Thread.startVirtualThread(linger), callback::failed);
    }

    private Reply answer(Request request, JettyExchange bare) {
        var path = bare.path();
        if (bare.method().equals("OPTIONS") && Headers.isForAnyOrigin(path)) {
            return Reply.empty();
        }
        try {
            return switch (routes.find(bare.method(), path)) {
                case RouteTable.Found.Endpoint endpoint -> call(endpoint, request, bare);
                case RouteTable.Found.WrongMethod(var allowed) -> wrongMethod(bare, String.join(", ", allowed));
                case RouteTable.Found.Nothing() -> file(bare);
            };
        } catch (MatrixException refusal) {
            return refused(bare, refusal);
        }
    }

    /// As JSON, or as a page where people and not programs come.
    private Reply refused(JettyExchange exchange, MatrixException refusal) {
        var page = routes.refusalPage(exchange.path());
        if (page.isEmpty()) {
            return Refusals.of(refusal);
        }
        try {
            return Refusals.withRetry(page.get().draw(exchange, refusal), refusal);
        } catch (RuntimeException fault) {
            var _ = refusals.ofFault("a page of refusals", fault);
            return Refusals.withRetry(PlainPage.of(refusal.status(), refusal.sentence()), refusal);
        }
    }

    /// Catching everything is this method's whole purpose: what a handler did not foresee still gets an answer in
    /// Matrix's shape, without a word of what was in the request.
    private Reply call(RouteTable.Found.Endpoint endpoint, Request request, JettyExchange bare) {
        var started = System.nanoTime();
        var exchange = new JettyExchange(request, settings, endpoint.parameters());
        var reply = answer(endpoint, exchange);
        bare.replyHeaders().putAll(exchange.replyHeaders());
        LOG.debug("{} {} in {} µs", endpoint.route(), reply.status(), (System.nanoTime() - started) / 1_000);
        return reply;
    }

    private Reply answer(RouteTable.Found.Endpoint endpoint, JettyExchange exchange) {
        try {
            CrossSite.refuse(exchange);
            return endpoint.handler().handle(exchange);
        } catch (MatrixException refusal) {
            return refused(exchange, refusal);
        } catch (RuntimeException | Error fault) {
            return refused(exchange, refusals.ofFault(endpoint.route(), fault));
        }
    }

    private Reply file(JettyExchange exchange) {
        try {
            return files.find(exchange).orElseThrow(Door::unrecognised);
        } catch (MatrixException refusal) {
            throw refusal;
        } catch (RuntimeException fault) {
            throw refusals.ofFault(NO_ROUTE, fault);
        }
    }

    private static MatrixException unrecognised() {
        return new MatrixException(ErrorCode.M_UNRECOGNIZED, "There is nothing at this address.");
    }

    private static Reply wrongMethod(JettyExchange exchange, String allowed) {
        exchange.replyHeader("Allow", allowed);
        throw new MatrixException(ErrorCode.M_UNRECOGNIZED, "This address answers " + allowed + " only.").status(405);
    }

    private void write(JettyExchange exchange, Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        var headers = response.getHeaders();
        Headers.common(settings, exchange.path(), reply.headers().get("Content-Type"))
                .forEach(headers::put);
        reply.headers().forEach(headers::put);
        exchange.replyHeaders().forEach(headers::put);
        var streamed = reply.streamed();
        if (streamed != null) {
            headers.put("Content-Length", Long.toString(streamed.length()));
            stream(streamed, response, callback);
            return;
        }
        if (reply.status() != 304) {
            headers.put("Content-Length", Integer.toString(reply.body().length));
        }
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }

    /// The headers are gone by the time something fails; all that is left is to cut the connection.
    private static void stream(Reply.Streamed streamed, Response response, Callback callback) {
        try (var out = Content.Sink.asOutputStream(response)) {
            streamed.writing().to(out);
        } catch (IOException | RuntimeException e) {
            LOG.info("an answer was cut short: {}", e.getClass().getName());
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }
}
