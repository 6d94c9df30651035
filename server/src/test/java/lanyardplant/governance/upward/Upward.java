package lanyardplant.governance.upward;

/// The top, which may look down on anything.
public record Upward() {}
