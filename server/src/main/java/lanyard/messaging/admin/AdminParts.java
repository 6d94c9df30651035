package lanyard.messaging.admin;

import lanyard.messaging.media.Media;
import lanyard.messaging.report.Reports;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.stream.Writer;
import lanyard.trust.identity.Identity;

/// What administration stands on.
///
/// @param registrationSecret shared with a test suite that registers people; empty for none, and always outside
///     conformance mode
public record AdminParts(
        Writer writer, Timeline timeline, Identity identity, Media media, Reports reports, String registrationSecret) {
    @Override
    public String toString() {
        return "AdminParts[hidden]";
    }
}
