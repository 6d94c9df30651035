package lanyard.governance.custodian;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What an opening found: the room's events in scope, readable, and those that no key was there for.
record Disclosure(CaseFile.Scope scope, List<ObjectNode> events, List<String> unreadable, int sessions) {
    Disclosure {
        events = List.copyOf(events);
        unreadable = List.copyOf(unreadable);
    }
}
