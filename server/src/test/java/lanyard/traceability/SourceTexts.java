package lanyard.traceability;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Java source as the compiler's own parser reads it, without compiling it.
public final class SourceTexts {
    public static final Path PRODUCTION = Path.of("src/main/java");

    private SourceTexts() {}

    private static List<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One task for many files, by name: starting the compiler costs more than parsing.
    public static JavacTask task(Map<String, String> sources) {
        var texts = sources.entrySet().stream().map(Source::new).toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        return (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, texts);
    }

    public static Map<String, String> sources(Path root) {
        return files(root).stream()
                .collect(Collectors.toMap(file -> root.relativize(file).toString(), SourceTexts::read));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(Map.Entry<String, String> file) {
            super(URI.create("string:///" + file.getKey()), JavaFileObject.Kind.SOURCE);
            this.text = file.getValue();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    public static Iterable<? extends CompilationUnitTree> parse(JavacTask task) {
        try {
            return task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every string literal and text block, by package.
    public static Map<String, List<String>> literalsByPackage(Path root) {
        var literals = new TreeMap<String, List<String>>();
        for (var unit : parse(task(sources(root)))) {
            var name = String.valueOf(unit.getPackageName());
            literals.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(literals(unit));
        }
        return literals;
    }

    private static List<String> literals(CompilationUnitTree unit) {
        var found = new ArrayList<String>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
                if (literal.getValue() instanceof String text) {
                    found.add(text);
                }
                return null;
            }
        }.scan(unit, null);
        return found;
    }
}
