package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.Optional;

/// More time, which counts only because the requester was told in time.
///
/// @param until for freedom of information, where the public interest is weighed; subject access has two months more
public record Extension(LocalDate told, Optional<LocalDate> until, String reason) {}
