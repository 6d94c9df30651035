package lanyard.trust.oauth;

import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/// An app as it registered: RFC 7591's client.
///
/// @param metadata what was accepted of what it says of itself; nothing of it is shown to people as true
record AppClient(String id, String app, ObjectNode metadata) {
    List<URI> redirects() {
        return texts("redirect_uris").stream().map(URI::create).toList();
    }

    boolean mayUse(String grantType) {
        return texts("grant_types").contains(grantType);
    }

    /// Whether it asked that its tokens be bound to a key.
    boolean isBound() {
        return metadata.path(AppEntry.BOUND).asBoolean(false);
    }

    private List<String> texts(String field) {
        return StreamSupport.stream(metadata.path(field).spliterator(), false)
                .map(text -> text.asString(""))
                .toList();
    }
}
