package lanyard.trust.identity;

import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// The person and device a request's access token stands for, and the organisation (its ODS code) they belong to.
public record Caller(UserId user, DeviceId device, String organization) {}
