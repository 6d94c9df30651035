package lanyard.platform.http;

/// Where features put their endpoints.
public interface Routes {
    /// `route` is a method and a path with `{name}` segments, e.g. `PUT
    /// /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}`.
    /// A path under `/_matrix/client/v3/` answers under `/_matrix/client/r0/` too.
    Routes add(String route, Handler handler);

    /// `page` answers in place of JSON whatever is refused or fails at `path` and below it, routes or not.
    Routes refusals(String path, RefusalPage page);
}
