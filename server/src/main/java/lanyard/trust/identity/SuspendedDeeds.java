package lanyard.trust.identity;

import java.util.regex.Pattern;

/// What somebody who is suspended may still do: read, leave, take back what they said, look after their devices and
/// keys, sign out. Everything else that changes something is refused, so a new operation is refused until somebody
/// decides otherwise. <https://spec.matrix.org/v1.18/client-server-api/#account-suspension>
final class SuspendedDeeds {
    private static final Pattern ALLOWED = Pattern.compile("/_matrix/client/(v[0-9]+|r0|unstable/[^/]+)/("
            + "logout(/all)?|delete_devices|devices/[^/]+|keys/.+|room_keys/.+|sendToDevice/.+|refresh"
            + "|account/(deactivate|password)|user/[^/]+/(filter|account_data/.+|rooms/.+)|pushrules/.+|pushers/set"
            + "|sync|user_directory/search|rooms/[^/]+/(leave|forget|read_markers|receipt/.+|redact/.+))");
    private static final Pattern OURS = Pattern.compile("/_lanyard/v1/(handsets.*|sign-in.*|directory/search)");

    private SuspendedDeeds() {}

    static boolean allow(String method, String path) {
        return method.equals("GET")
                || ALLOWED.matcher(path).matches()
                || OURS.matcher(path).matches();
    }
}
