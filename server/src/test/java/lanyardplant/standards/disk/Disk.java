package lanyardplant.standards.disk;

import java.nio.file.Path;

/// Planted: a standard that reads files.
public record Disk(Path file) {}
