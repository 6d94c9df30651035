package lanyard.trust.identity;

import lanyard.standards.matrix.UserId;

/// Somebody the organisation vouches for. Fields the organisation does not know are empty strings.
///
/// @param reachable has signed in and published device keys, so that an encrypted message can arrive
public record Person(
        UserId id,
        String organization,
        String displayName,
        String role,
        String ward,
        String professionalBody,
        String registration,
        boolean reachable) {}
