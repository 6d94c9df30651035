package lanyardplant.trust.open;

/// Planted: public, with a name that says nothing, in a package that is not null-marked.
public record OpenHelper() {}
