package lanyard.trust.scim;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.NewPerson;
import tools.jackson.databind.node.ObjectNode;

/// People as the directory says: made, changed, ended, brought back.
///
/// What could go wrong: the directory gives somebody new the name of somebody who left, and colleagues see old messages
/// as the new one's. So a user id is given once: who comes second gets a number behind the name. Nobody the directory
/// did not make is taken over by it, for a name alone does not say that two are one person.
final class ScimUsers {
    private final ScimParts parts;
    private final Photographs photographs;
    private final ScimUserStore store = new ScimUserStore();

    ScimUsers(ScimParts parts, Photographs photographs) {
        this.parts = parts;
        this.photographs = photographs;
    }

    /// Errors: `uniqueness`, `invalidValue`.
    ScimUser create(Sender sender, ObjectNode body) {
        var resource = Form.clean(Schema.USERS, body);
        var name = Form.userName(resource);
        var photo = photo(body, resource);
        var id = "%016x%016x".formatted(random(), random());
        return parts.ground().writer().write(commit -> {
            requireFree(commit, sender, name, Optional.empty());
            var user = parts.identity()
                    .people()
                    .freeId(commit, sender.organization().serverName(), name);
            parts.identity()
                    .people()
                    .add(commit, new NewPerson(user, sender.code(), Form.displayName(resource), Form.post(resource)));
            var made = new ScimUser(
                    id,
                    sender.code(),
                    user,
                    resource,
                    ScimUser.Stamp.first(parts.ground().now()));
            store.put(commit.tx(), made);
            parts.identity().people().number(commit, user, Form.staffNumber(resource));
            audit(commit, sender, "directory.user_made", user);
            warn(commit, sender, user);
            settle(commit, sender, Optional.empty(), made);
            show(commit, sender, made, photo);
            return made;
        });
    }

    private long random() {
        return parts.ground().random().nextLong();
    }

    /// `change` answers the whole resource as it is to be. Errors: 404, 412, `uniqueness`, `invalidValue`.
    ScimUser change(Sender sender, String id, Optional<String> ifMatch, UnaryOperator<ObjectNode> change) {
        var said = change.apply(get(sender, id).resource());
        var photo = photo(said, Form.clean(Schema.USERS, said));
        return parts.ground().writer().write(commit -> {
            var before = store.find(commit.tx(), sender.code(), id).orElseThrow(ScimRefusal::notFound);
            requireMatch(ifMatch, before.stamp());
            var resource = Form.clean(Schema.USERS, change.apply(before.resource()));
            requireFree(commit, sender, Form.userName(resource), Optional.of(id));
            if (resource.equals(before.resource())) {
                parts.identity().people().number(commit, before.user(), Form.staffNumber(resource));
                parts.identity().people().confirm(commit, before.user());
                show(commit, sender, before, photo);
                return before;
            }
            var after = before.with(resource, parts.ground().now());
            store.put(commit.tx(), after);
            parts.identity().people().update(commit, after.user(), Form.displayName(resource), Form.post(resource));
            parts.identity().people().number(commit, after.user(), Form.staffNumber(resource));
            parts.identity().people().confirm(commit, after.user());
            audit(commit, sender, "directory.user_changed", after.user());
            warn(commit, sender, after.user());
            settle(commit, sender, Optional.of(before.resource()), after);
            show(commit, sender, after, photo);
            return after;
        });
    }

    /// Of somebody who goes no photo is looked at: the decoder may have too much to do.
    private SaidPhoto photo(ObjectNode said, ObjectNode resource) {
        return Form.isActive(resource) ? SaidPhoto.in(said, photographs::small) : new SaidPhoto.Nothing();
    }

    /// Of somebody who has gone no photo is kept, and none is a reason to keep them.
    private void show(Commit commit, Sender sender, ScimUser user, SaidPhoto photo) {
        if (!Form.isActive(user.resource())) {
            return;
        }
        switch (photo) {
            case SaidPhoto.Nothing _ -> {}
            case SaidPhoto.None _ -> photographs.takeAway(commit, user.user(), sender.actor());
            case SaidPhoto.Picture(var small) -> photographs.put(commit, user.user(), small, sender.actor());
            case SaidPhoto.Unfit(var why) -> throw why;
        }
    }

    /// The account begins, ends or comes back when the directory changes its mind. What it repeats changes nothing, so
    /// that an account which an administrator has ended stays so.
    private void settle(Commit commit, Sender sender, Optional<ObjectNode> before, ScimUser after) {
        var leavers = parts.identity().leavers();
        if (!Form.isActive(after.resource())) {
            parts.identity().leave(commit, after.user(), sender.actor(), "the directory says so");
            return;
        }
        if (before.filter(known -> !Form.isActive(known)).isPresent()) {
            leavers.comeBack(commit, after.user(), sender.actor(), "the directory says so");
        }
        var end = Form.endsAt(after.resource());
        if (!end.equals(before.flatMap(Form::endsAt)) && !leavers.hasEnded(commit, after.user())) {
            leavers.endsAt(commit, after.user(), end, sender.actor());
        }
    }

    void delete(Sender sender, String id, Optional<String> ifMatch) {
        parts.ground().writer().write(commit -> {
            var before = store.find(commit.tx(), sender.code(), id).orElseThrow(ScimRefusal::notFound);
            requireMatch(ifMatch, before.stamp());
            parts.identity().leave(commit, before.user(), sender.actor(), "the directory has deleted them");
            store.remove(commit.tx(), before);
            audit(commit, sender, "directory.user_deleted", before.user());
            return id;
        });
    }

    ScimUser get(Sender sender, String id) {
        return parts.ground()
                .database()
                .read(tx -> store.find(tx, sender.code(), id))
                .orElseThrow(ScimRefusal::notFound);
    }

    /// Up to `most` of those that match, and how many there are in all.
    Page<ScimUser> list(Sender sender, Optional<Filter> filter, int from, int most) {
        return parts.ground().database().read(tx -> {
            if (filter.isEmpty()) {
                return new Page<>(
                        store.count(tx, sender.code()), store.list(tx, sender.code(), from, Math.max(0, most)));
            }
            var candidates = Optional.of(filter.get())
                    .filter(Filter.Comparison.class::isInstance)
                    .map(Filter.Comparison.class::cast)
                    .flatMap(one -> one.equalTo("userName")
                            .map(name -> store.findByUserName(tx, sender.code(), name).stream()
                                    .toList())
                            .or(() -> one.equalTo("externalId")
                                    .map(external -> store.listByExternalId(tx, sender.code(), external))))
                    .orElseGet(() -> store.list(tx, sender.code(), 0, Integer.MAX_VALUE));
            return Page.of(candidates, user -> filter.get().matches(seen(user)), from, most);
        });
    }

    /// What a filter sees.
    private static ObjectNode seen(ScimUser user) {
        var seen = user.resource().deepCopy().put("id", user.id());
        seen.set("meta", user.stamp().meta("User", ""));
        return seen;
    }

    /// Some of a list.
    record Page<T>(int total, List<T> some) {
        static <T> Page<T> of(List<T> all, java.util.function.Predicate<T> wanted, int from, int most) {
            var matching = all.stream().filter(wanted).toList();
            return new Page<>(
                    matching.size(), matching.stream().skip(from).limit(most).toList());
        }
    }

    static void requireMatch(Optional<String> ifMatch, ScimUser.Stamp stamp) {
        if (ifMatch.filter(tag -> !tag.equals("*") && !tag.equals(stamp.tag())).isPresent()) {
            throw new ScimRefusal(412, "", "It was changed meanwhile. Read it again.");
        }
    }

    /// What is no number is taken, for a refusal would keep a leaver in: it makes nobody one with others, and is put on
    /// record for whoever runs the directory.
    private void warn(Commit commit, Sender sender, UserId user) {
        if (parts.identity().people().hasPlaceholder(commit.tx(), user)) {
            audit(commit, sender, "directory.number_is_none", user);
        }
    }

    private void requireFree(Commit commit, Sender sender, String name, Optional<String> own) {
        var other = store.findByUserName(commit.tx(), sender.code(), name)
                .filter(found -> own.filter(found.id()::equals).isEmpty());
        if (other.isPresent()) {
            throw new ScimRefusal(409, "uniqueness", "Somebody has that userName already.");
        }
    }

    private void audit(Commit commit, Sender sender, String action, UserId user) {
        parts.ground().audit().record(commit, sender.about(action, user));
    }
}
