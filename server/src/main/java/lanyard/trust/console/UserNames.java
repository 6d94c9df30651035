package lanyard.trust.console;

import java.util.Locale;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.NewPerson;

/// How people write who they mean: a user name, as they sign in with it, or a whole user id.
final class UserNames {
    private UserNames() {}

    /// A name alone is somebody of `here`. Errors: [ConsoleRefusal] about `field` for what is neither.
    static UserId read(String typed, ServerName here, String field) {
        var name = typed.startsWith("@") ? typed.substring(1) : typed;
        if (name.contains(":")) {
            var id = "@" + name;
            if (UserId.isValid(id)) {
                return new UserId(id);
            }
        } else if (NewPerson.isGoodLocalpart(name.toLowerCase(Locale.ROOT))) {
            return UserId.of(name.toLowerCase(Locale.ROOT), here);
        }
        throw new ConsoleRefusal(
                "Type a user name, for example amara.okafor, or a whole user id, for example @amara.okafor:"
                        + here.value() + ".",
                field);
    }
}
