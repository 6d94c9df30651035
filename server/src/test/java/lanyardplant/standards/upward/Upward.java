package lanyardplant.standards.upward;

/// Planted: a lower layer that uses a higher one.
public record Upward(lanyardplant.platform.upward.Upward higher) {}
