package lanyard.messaging.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.sync.Connections.Seen;
import lanyard.messaging.sync.Connections.Sent;
import lanyard.messaging.sync.SlidingRequest.Config;
import lanyard.messaging.timeline.EventFilter;
import lanyard.messaging.timeline.History.News;
import lanyard.messaging.timeline.History.Window;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StateEvent;
import lanyard.messaging.timeline.StateFormat;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.json.Json;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.JsonNode;

/// One room's part of a sliding sync.
final class SlidingRoom {
    private static final Set<String> SHOWN_APART = Set.of("m.room.name", "m.room.avatar", "m.room.canonical_alias");

    private final SyncParts parts;
    private final SlidingRequest request;
    private final Seen seen;
    private final SyncToken upTo;

    SlidingRoom(SyncParts parts, SlidingRequest request, Seen seen, SyncToken upTo) {
        this.parts = parts;
        this.request = request;
        this.seen = seen;
        this.upTo = upTo;
    }

    /// A room to show, how the person sees it, and in which lists it is.
    record Shown(RoomState room, Config config, List<String> lists, boolean direct) {}

    /// The section, and what has been sent of the room with it.
    record Section(byte[] json, Sent sent) {}

    /// Empty when the room has nothing new.
    Optional<Section> of(Shown shown) {
        var before = Optional.ofNullable(seen.rooms().get(shown.room().id()));
        var membership = shown.room().membership(user());
        var stripped = membership.equals("invite") || membership.equals("knock");
        var start = SyncToken.start(upTo.incarnation());
        var since = before.map(Sent::upTo).orElse(start);
        // What was held back while the person took no invitations is sent, were it once more.
        var unblocked = membership.equals("invite") && parts.accountData().takesInvitesSince(user(), since);
        var isNew = before.isEmpty() || joinedSince(shown.room(), since) || unblocked;
        if (!isNew
                && since.covers(shown.room().last())
                && before.get().direct() == shown.direct()
                && !isMore(shown.config(), before.get().config())) {
            return Optional.empty();
        }
        if (parts.history().joinsAfter(shown.room(), window(shown.config(), since))) {
            return Optional.empty();
        }
        return stripped ? stripped(shown, since, isNew) : Optional.of(whole(shown, before, isNew));
    }

    private Window window(Config config, SyncToken since) {
        return new Window(user(), since, upTo, config.timelineLimit(), EventFilter.ALL);
    }

    private UserId user() {
        return request.reader().user();
    }

    private boolean joinedSince(RoomState room, SyncToken since) {
        return !since.covers(room.last()) && parts.history().gap(room, since) < room.joinedSince(user());
    }

    private static boolean isMore(Config now, Config before) {
        return now.timelineLimit() > before.timelineLimit() || now.state().isMoreThan(before.state());
    }

    private Optional<Section> stripped(Shown shown, SyncToken since, boolean isNew) {
        var room = shown.room();
        var sent = Optional.ofNullable(seen.rooms().get(room.id()));
        var told = sent.isPresent() && sent.get().direct() == shown.direct();
        if (!isNew && told && parts.history().gap(room, since) >= room.lastMembershipSeq(user())) {
            return Optional.empty();
        }
        var out = new JsonOut().open();
        common(out, shown);
        out.name("initial").flag(true);
        text(room, "m.room.name", "name").ifPresent(name -> out.name("name").text(name));
        text(room, "m.room.avatar", "url").ifPresent(url -> out.name("avatar").text(url));
        if (shown.direct()) {
            out.name("is_dm").flag(true);
        }
        out.name(request.form().strippedState).value(StrippedState.of(room, user()));
        return Optional.of(new Section(out.close().bytes(), new Sent(upTo, shown.config(), Map.of(), shown.direct())));
    }

    private void common(JsonOut out, Shown shown) {
        var room = shown.room();
        out.name("bump_stamp").number(parts.history().lastActivity(room));
        out.name("membership").text(room.membership(user()));
        if (request.form() == SlidingForm.MERGED && !shown.lists().isEmpty()) {
            out.name("lists").openList();
            shown.lists().forEach(out::text);
            out.closeList();
        }
    }

    private Section whole(Shown shown, Optional<Sent> before, boolean isNew) {
        var room = shown.room();
        var config = shown.config();
        var since = isNew
                ? SyncToken.start(upTo.incarnation())
                : before.orElseThrow().upTo();
        var expanded =
                !isNew && config.timelineLimit() > before.orElseThrow().config().timelineLimit();
        var window = window(config, since);
        var news = isNew || expanded ? parts.history().newest(room, window) : news(room, window);
        var members = new HashMap<>(
                isNew ? Map.<String, Long>of() : before.orElseThrow().members());
        var anew = isNew || isMore(config, before.orElseThrow().config());
        var state = state(room, config, news, new Since(since, anew, members));
        var out = new JsonOut().open();
        common(out, shown);
        if (isNew) {
            out.name("initial").flag(true);
        }
        if (expanded) {
            out.name(request.form().expandedTimeline).flag(true);
        }
        // Whoever has left is not told what the room is called by now, nor who is in it.
        if (room.isJoined(user())) {
            face(out, room, news, isNew);
        }
        if (shown.direct() != (!isNew && before.orElseThrow().direct())) {
            out.name("is_dm").flag(shown.direct());
        }
        out.name("required_state").openList();
        state.forEach(event -> out.value(StateFormat.client(event, room, user())));
        out.closeList();
        timeline(out, room, news);
        var unread = parts.push().unread(room, user(), false).all();
        out.name("notification_count").number(unread.notifications());
        out.name("highlight_count").number(unread.highlights());
        var limit = isNew || expanded
                ? config.timelineLimit()
                : Math.max(config.timelineLimit(), before.orElseThrow().config().timelineLimit());
        return new Section(
                out.close().bytes(),
                new Sent(upTo, new Config(limit, config.state()), Map.copyOf(members), shown.direct()));
    }

    private News news(RoomState room, Window window) {
        return window.since().covers(room.last())
                ? new News(List.of(), false, room.seq())
                : parts.history().since(room, window);
    }

    private record Since(SyncToken token, boolean anew, Map<String, Long> members) {}

    /// What changed of the wanted state, all of it when it is wanted anew; and members of whom the timeline speaks.
    private List<StateEvent> state(RoomState room, Config config, News news, Since since) {
        var wanted = config.state();
        var current = parts.history().stateFor(room, user());
        List<StateEvent> changed = List.of();
        if (since.anew()) {
            changed = wanted.select(current);
        } else if (news.limited() || news.events().stream().anyMatch(TimelineEvent::isState)) {
            var from = parts.history().gap(room, since.token());
            changed = wanted.select(
                    current.stream().filter(event -> event.seq() > from).toList());
        }
        if (!wanted.lazyMembers()) {
            return changed;
        }
        var events = new ArrayList<>(changed);
        var spokenOf = new HashSet<String>();
        for (var event : news.events()) {
            spokenOf.add(event.sender().value());
            if (event.isState() && event.type().equals(StateKey.MEMBER)) {
                spokenOf.add(event.stateKey().stateKey());
            }
        }
        changed.stream().filter(StateEvent::isMember).forEach(event -> {
            spokenOf.remove(event.stateKey());
            since.members().put(event.stateKey(), event.seq());
        });
        spokenOf.forEach(member -> parts.history()
                .findStateFor(room, user(), StateKey.member(member))
                .filter(event -> since.members().getOrDefault(member, 0L) != event.seq())
                .ifPresent(event -> {
                    events.add(event);
                    since.members().put(member, event.seq());
                }));
        return events;
    }

    /// What a list of rooms shows: name, picture, who is in it.
    private void face(JsonOut out, RoomState room, News news, boolean isNew) {
        var changed = new HashSet<String>();
        news.events().stream().filter(TimelineEvent::isState).forEach(event -> changed.add(event.type()));
        var all = isNew || news.limited();
        if (all || SHOWN_APART.stream().anyMatch(changed::contains)) {
            text(room, "m.room.name", "name").ifPresent(name -> out.name("name").text(name));
            text(room, "m.room.avatar", "url")
                    .ifPresent(url -> out.name("avatar").text(url));
        }
        if (all || changed.contains(StateKey.MEMBER)) {
            if (text(room, "m.room.name", "name").isEmpty()) {
                heroes(out, room);
            }
            out.name("joined_count").number(room.joined().count());
            out.name("invited_count").number(room.withMembership("invite").count());
        }
    }

    private void heroes(JsonOut out, RoomState room) {
        var heroes = Json.array();
        for (var hero : Heroes.of(parts, room, user())) {
            var entry = heroes.addObject().put("user_id", hero.value());
            room.state(StateKey.member(hero.value())).ifPresent(member -> {
                for (var field : new String[] {"displayname", "avatar_url"}) {
                    if (member.content().path(field).isString()) {
                        entry.set(field, member.content().get(field));
                    }
                }
            });
        }
        out.name("heroes").value(heroes);
    }

    private void timeline(JsonOut out, RoomState room, News news) {
        var bundles = parts.bundles().of(room, request.reader(), news.events());
        out.name(request.form().timeline).openList();
        news.events().forEach(event -> out.raw(event.render(request.reader(), room, bundles.get(event.id()))));
        out.closeList();
        out.name("limited").flag(news.limited());
        out.name("prev_batch").text("t" + news.before());
        out.name("num_live").number(live(news));
    }

    /// How many of the events happened since the device last asked for anything.
    private long live(News news) {
        return seen.isNothing()
                ? 0
                : news.events().stream()
                        .filter(event -> !seen.upTo().covers(event.position()))
                        .count();
    }

    static Optional<String> text(RoomState room, String type, String field) {
        return room.state(StateKey.of(type))
                .map(event -> event.content().path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(value -> !value.isEmpty());
    }

    /// Whether the person may be shown the room at all: they are in it, asked into it, or were sent it before.
    static boolean isListed(SyncParts parts, RoomState room, UserId user, Seen seen) {
        return switch (room.membership(user)) {
            case "join", "knock" -> true;
            case "invite" -> !parts.accountData().blocksInvites(user);
            default -> {
                var sent = seen.rooms().get(room.id());
                yield sent != null && parts.history().gap(room, sent.upTo()) < room.lastMembershipSeq(user);
            }
        };
    }
}
