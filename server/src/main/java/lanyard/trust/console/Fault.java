package lanyard.trust.console;

/// One line of an error summary.
///
/// @param field what it is about, or nothing
public record Fault(String sentence, String field) {}
