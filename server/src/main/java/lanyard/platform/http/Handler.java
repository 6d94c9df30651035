package lanyard.platform.http;

/// Answers one request. Runs on a virtual thread and may block.
@FunctionalInterface
public interface Handler {
    Reply handle(Exchange exchange);
}
