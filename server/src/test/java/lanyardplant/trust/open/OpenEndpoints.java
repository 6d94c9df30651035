package lanyardplant.trust.open;

/// Planted: public, with a name that promises otherwise, in a package that is not null-marked.
public record OpenEndpoints() {}
