package lanyard.messaging.directory;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;

/// Photos in the section "Directory" of docs/api.md.
final class PhotoEndpoints {
    private static final String PHOTO = "/_lanyard/v1/people/{userId}/photo";
    static final int LARGEST = 10 * 1024 * 1024;

    private final Photos photos;
    private final DirectoryParts parts;

    PhotoEndpoints(Photos photos, DirectoryParts parts) {
        this.photos = photos;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET " + PHOTO, this::photo);
        routes.add("PUT " + PHOTO, this::putPhoto);
        routes.add("DELETE " + PHOTO, this::deletePhoto);
    }

    private Reply photo(Exchange exchange) {
        var caller = parts.identity().caller(exchange);
        var photo = photos.get(caller, new UserId(exchange.param("userId")));
        return shown(photo);
    }

    static Reply shown(DirectoryStore.Photo photo) {
        return Reply.bytes(photo.contentType(), photo.bytes())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    private Reply putPhoto(Exchange exchange) {
        var caller = administrator(exchange);
        var version = photos.put(caller, new UserId(exchange.param("userId")), exchange.bytes(LARGEST));
        return Reply.json(Json.object().put("photo_version", version));
    }

    private Reply deletePhoto(Exchange exchange) {
        photos.delete(administrator(exchange), new UserId(exchange.param("userId")));
        return Reply.empty();
    }

    private Caller administrator(Exchange exchange) {
        var caller = parts.identity().caller(exchange);
        parts.identity().moderation().requireAdministrator(caller);
        return caller;
    }
}
