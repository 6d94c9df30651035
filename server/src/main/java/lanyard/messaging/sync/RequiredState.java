package lanyard.messaging.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.timeline.StateEvent;

/// Which state of a room a client wants. What is in one of `include` and in none of `exclude`; with `lazyMembers` also
/// the members that the timeline speaks of.
record RequiredState(Set<Element> include, Set<Element> exclude, boolean lazyMembers) {
    static final RequiredState NONE = new RequiredState(Set.of(), Set.of(), false);

    /// An empty part means any.
    record Element(Optional<String> type, Optional<String> stateKey) {
        boolean matches(StateEvent event) {
            return type.map(event.type()::equals).orElse(true)
                    && stateKey.map(event.stateKey()::equals).orElse(true);
        }
    }

    RequiredState {
        include = Set.copyOf(include);
        exclude = Set.copyOf(exclude);
    }

    boolean wants(StateEvent event) {
        return include.stream().anyMatch(element -> element.matches(event))
                && exclude.stream().noneMatch(element -> element.matches(event));
    }

    /// What either wants.
    static RequiredState either(List<RequiredState> all) {
        if (all.size() == 1) {
            return all.getFirst();
        }
        var include = new HashSet<Element>();
        var exclude = new HashSet<Element>();
        all.forEach(one -> include.addAll(one.include()));
        // What one leaves out and another wants is wanted: only what all leave out is left out.
        all.stream().findFirst().ifPresent(first -> exclude.addAll(first.exclude()));
        all.forEach(one -> exclude.retainAll(one.exclude()));
        return new RequiredState(include, exclude, all.stream().anyMatch(RequiredState::lazyMembers));
    }

    /// Whether it may want something that `before` did not.
    boolean isMoreThan(RequiredState before) {
        return !before.include().containsAll(include)
                || !exclude.containsAll(before.exclude())
                || (lazyMembers && !before.lazyMembers());
    }

    List<StateEvent> select(Iterable<StateEvent> state) {
        var wanted = new ArrayList<StateEvent>();
        state.forEach(event -> {
            if (wants(event)) {
                wanted.add(event);
            }
        });
        return wanted;
    }
}
