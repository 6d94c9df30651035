package lanyard.trust.scim;

import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a directory says of somebody's photo: nothing, that there is none, or a picture.
///
/// What could go wrong: the directory names an address and the server fetches it, from inside the hospital's network,
/// whatever it is. So nothing is fetched: a photo is the picture itself, in a `data:` URL. And a photo that cannot be
/// taken must not keep somebody who has left in the directory: what ends an account is never refused for its sake.
sealed interface SaidPhoto {
    String FIELD = "photos";

    /// Not a word, so what there is stays.
    record Nothing() implements SaidPhoto {}

    record None() implements SaidPhoto {}

    record Picture(byte[] small) implements SaidPhoto {}

    record Unfit(ScimRefusal why) implements SaidPhoto {}

    Pattern PICTURE = Pattern.compile("(?i)data:image/(?:jpe?g|png|gif)\\s*;\\s*base64\\s*,(.*)", Pattern.DOTALL);

    /// Stands in a resource while it is patched, for a picture that is not kept in it.
    String THERE = "there";

    /// What a patch makes of a photo: it is never answered, so a stand-in shows what becomes of it.
    static ObjectNode patched(ObjectNode before, UnaryOperator<ObjectNode> patch) {
        var marked = before.deepCopy();
        var mark = marked.putArray(FIELD).addObject();
        mark.put("type", "photo").put("primary", true).put("value", THERE);
        var after = patch.apply(marked);
        var left = after.path(FIELD).valueStream().toList();
        if (left.equals(List.of(mark))) {
            after.remove(FIELD);
        } else {
            var said = after.putArray(FIELD);
            left.stream().filter(one -> !address(one).equals(THERE)).forEach(said::add);
        }
        return after;
    }

    /// Of a resource as it was sent, or as a patch has left it.
    static SaidPhoto in(ObjectNode resource, UnaryOperator<byte[]> small) {
        var said = field(resource);
        if (said.isEmpty()) {
            return new Nothing();
        }
        var photos = said.get().isArray() ? said.get().valueStream().toList() : List.of(said.get());
        return chosen(photos).map(address -> picture(address, small)).orElseGet(None::new);
    }

    private static Optional<JsonNode> field(ObjectNode resource) {
        return resource.propertyStream()
                .filter(one -> Schema.same(one.getKey(), FIELD))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// The primary one, else the one that is called a photo, else the first.
    private static Optional<String> chosen(List<JsonNode> photos) {
        return photos.stream()
                .filter(one -> !address(one).isEmpty())
                .min(Comparator.comparingInt(SaidPhoto::order))
                .map(SaidPhoto::address);
    }

    private static int order(JsonNode photo) {
        if (Schema.same(photo.path("primary").asString(""), "true")) {
            return 0;
        }
        return Schema.same(photo.path("type").asString(""), "photo") ? 1 : 2;
    }

    private static String address(JsonNode photo) {
        return (photo.isObject() ? photo.path("value") : photo).asString("").strip();
    }

    private static SaidPhoto picture(String address, UnaryOperator<byte[]> small) {
        var data = PICTURE.matcher(address);
        if (!data.matches()) {
            return new Unfit(ScimRefusal.invalidValue("Nothing is fetched from an address that a directory names:"
                    + " send the photo itself, as data:image/jpeg;base64 or data:image/png;base64, or leave photos out"
                    + " and upload them in the console."));
        }
        try {
            return new Picture(small.apply(Base64.getMimeDecoder().decode(data.group(1))));
        } catch (IllegalArgumentException e) {
            return new Unfit(ScimRefusal.invalidValue("The photo's base64 cannot be read."));
        } catch (MatrixException e) {
            if (e.status() == 429) {
                throw e;
            }
            return new Unfit(ScimRefusal.invalidValue("The photo is refused. " + e.sentence()));
        }
    }
}
