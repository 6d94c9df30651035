package lanyard.messaging.urgent;

import java.util.Optional;

/// One step: people, or a role, or at the end those who answer for it.
record Step(int number, Optional<String> role, Optional<String> roleName, boolean lead, long dueTs) {}
