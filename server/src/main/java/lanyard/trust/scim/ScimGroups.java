package lanyard.trust.scim;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.node.ObjectNode;

/// Groups as the directory says: kept and listed.
final class ScimGroups {
    private static final int MOST = 10_000;

    private final ScimParts parts;
    private final ScimGroupStore store = new ScimGroupStore();
    private final ScimUserStore users = new ScimUserStore();

    ScimGroups(ScimParts parts) {
        this.parts = parts;
    }

    ScimGroup create(Sender sender, ObjectNode body) {
        var random = parts.ground().random();
        var id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        var clean = Form.clean(Schema.GROUPS, body);
        var group = ScimGroup.of(
                id, sender.code(), clean, ScimUser.Stamp.first(parts.ground().now()));
        return parts.ground().writer().write(commit -> {
            if (store.list(commit.tx(), sender.code()).size() >= MOST) {
                throw new ScimRefusal(400, "tooMany", "There are up to " + MOST + " groups.");
            }
            put(commit, sender, group, "directory.group_made");
            return group;
        });
    }

    ScimGroup change(Sender sender, String id, Optional<String> ifMatch, UnaryOperator<ObjectNode> change) {
        return parts.ground().writer().write(commit -> {
            var before = store.find(commit.tx(), sender.code(), id).orElseThrow(ScimRefusal::notFound);
            ScimUsers.requireMatch(ifMatch, before.stamp());
            var clean = Form.clean(Schema.GROUPS, change.apply(before.resource()));
            var after = before.with(clean, parts.ground().now());
            put(commit, sender, after, "directory.group_changed");
            return after;
        });
    }

    private void put(Commit commit, Sender sender, ScimGroup group, String action) {
        if (users.known(commit.tx(), sender.code(), group.members()).size()
                != group.members().size()) {
            throw ScimRefusal.invalidValue("A member is nobody the directory has made here.");
        }
        store.put(commit.tx(), group);
        var details = Json.object().put("members", group.members().size());
        parts.ground().audit().record(commit, new AuditEntry(action, sender.actor(), group.id(), "", details));
    }

    void delete(Sender sender, String id, Optional<String> ifMatch) {
        parts.ground().writer().write(commit -> {
            var before = store.find(commit.tx(), sender.code(), id).orElseThrow(ScimRefusal::notFound);
            ScimUsers.requireMatch(ifMatch, before.stamp());
            store.remove(commit.tx(), before);
            parts.ground()
                    .audit()
                    .record(commit, new AuditEntry("directory.group_deleted", sender.actor(), id, "", Json.object()));
            return id;
        });
    }

    ScimGroup get(Sender sender, String id) {
        return parts.ground()
                .database()
                .read(tx -> store.find(tx, sender.code(), id))
                .orElseThrow(ScimRefusal::notFound);
    }

    ScimUsers.Page<ScimGroup> list(Sender sender, Optional<Filter> filter, int from, int most) {
        var all = parts.ground().database().read(tx -> store.list(tx, sender.code()));
        return ScimUsers.Page.of(
                all,
                group -> filter.map(one -> one.matches(group.resource().put("id", group.id())))
                        .orElse(true),
                from,
                most);
    }

    List<ScimGroupStore.Membership> of(Collection<String> users) {
        return parts.ground().database().read(tx -> store.of(tx, users));
    }
}
