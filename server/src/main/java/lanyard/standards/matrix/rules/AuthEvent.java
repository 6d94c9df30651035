package lanyard.standards.matrix.rules;

import tools.jackson.databind.node.ObjectNode;

/// An event that another cites in `auth_events`, and whether it was itself rejected when it arrived.
public record AuthEvent(ObjectNode event, boolean rejected) {}
