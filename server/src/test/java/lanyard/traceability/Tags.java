package lanyard.traceability;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which tests say that they hold which rule or hazard. Java tests say it with an annotation; tests in other languages
/// with the same words in a comment, `// @Rule("G13")`, for the whole file.
record Tags(SortedMap<String, SortedSet<String>> tests) {
    private static final List<Path> OTHERS = List.of(Path.of("../web"), Path.of("../conformance"));
    private static final Pattern OTHER = Pattern.compile("(?:\\.(?:test|spec)\\.(?:ts|tsx|mjs|js))$");

    /// The tags of all our tests. `annotation` is [Rule] or [Hazard].
    static Tags of(Class<?> annotation) {
        var tags = new Tags(new TreeMap<>());
        tags.readJava(annotation, SourceTexts.sources(Path.of("src/test/java")));
        for (var root : OTHERS) {
            if (Files.isDirectory(root)) {
                tags.readOthers(annotation, root);
            }
        }
        return tags;
    }

    static Tags ofSources(Class<?> annotation, Map<String, String> sources) {
        var tags = new Tags(new TreeMap<>());
        tags.readJava(annotation, sources);
        return tags;
    }

    SortedSet<String> holding(String id) {
        return tests.getOrDefault(id, new TreeSet<>());
    }

    private void readJava(Class<?> annotation, Map<String, String> sources) {
        for (var unit : SourceTexts.parse(SourceTexts.task(sources))) {
            new Reader(annotation.getSimpleName()).scan(unit, null);
        }
    }

    private void readOthers(Class<?> annotation, Path root) {
        var comment = Pattern.compile("@" + annotation.getSimpleName() + "\\(\"([^\"]+)\"\\)");
        otherTests(root)
                .forEach((name, text) -> comment.matcher(text).results().forEach(match -> add(match.group(1), name)));
    }

    private void add(String id, String test) {
        tests.computeIfAbsent(id, _ -> new TreeSet<>()).add(test);
    }

    private static Map<String, String> otherTests(Path root) {
        var found = new TreeMap<String, String>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    var name = String.valueOf(directory.getFileName());
                    return name.equals("node_modules") || name.equals("dist") || name.equals("target")
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (OTHER.matcher(file.toString()).find()) {
                        found.put(String.valueOf(file.getFileName()), Generated.read(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /// Finds the annotations and the class and method they stand on.
    private final class Reader extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final String annotation;
        private final Deque<String> inside = new ArrayDeque<>();

        private Reader(String annotation) {
            this.annotation = annotation;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            inside.addLast(type.getSimpleName().toString());
            super.visitClass(type, null);
            inside.removeLast();
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            inside.addLast(method.getName().toString());
            super.visitMethod(method, null);
            inside.removeLast();
            return null;
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree found, @Nullable Void nothing) {
            if (found.getAnnotationType().toString().equals(annotation)) {
                found.getArguments().forEach(argument -> add(value(argument), String.join(".", inside)));
            }
            return super.visitAnnotation(found, null);
        }

        private static String value(Tree argument) {
            return switch (argument) {
                case AssignmentTree assignment -> value(assignment.getExpression());
                case LiteralTree literal -> String.valueOf(literal.getValue());
                default -> argument.toString();
            };
        }
    }
}
