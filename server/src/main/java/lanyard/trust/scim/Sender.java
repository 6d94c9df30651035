package lanyard.trust.scim;

import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Organization;

/// The directory that speaks: its organisation, and which of its tokens it showed.
record Sender(Organization organization, String token) {
    String code() {
        return organization.odsCode();
    }

    /// As the audit names it.
    String actor() {
        return "directory " + token;
    }

    AuditEntry about(String action, UserId user) {
        return new AuditEntry(action, actor(), user.value(), "", Json.object());
    }
}
