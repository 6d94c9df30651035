package lanyard.traceability;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names in a document's `code spans` that ought to exist: paths, types of ours, packages of ours. What is inside
/// a fenced block is an example and is not looked at.
final class DocumentNames {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?");
    private static final Pattern TYPE = Pattern.compile("[A-Z][a-z]+[A-Za-z0-9]*");
    private static final Pattern EXTENSION = Pattern.compile(".*\\.(java|md|json|csv|sql|xml|ts|tsx|mjs|css|html|sh)");

    private final List<Path> roots;
    private final Set<String> types;

    /// `roots` are where a path in a document may begin, `types` the simple names that exist.
    DocumentNames(List<Path> roots, Set<String> types) {
        this.roots = List.copyOf(roots);
        this.types = Set.copyOf(types);
    }

    /// The names that stand in `document` and nowhere else.
    List<String> missing(String document) {
        var missing = new ArrayList<String>();
        SPAN.matcher(FENCE.matcher(document).replaceAll(""))
                .results()
                .map(match -> match.group(1))
                .filter(name -> (isPath(name) && roots.stream().noneMatch(root -> Files.exists(root.resolve(name))))
                        || (isType(name) && !types.contains(name)))
                .forEach(missing::add);
        return missing;
    }

    /// `docs/adr`, `CHANGELOG.md`, `web/src/`; not `m.room.name`, `java.sql`, `a/b` of mathematics or `/_matrix/…`.
    private static boolean isPath(String name) {
        return FILE.matcher(name).matches()
                && !name.matches("(java|javax|lanyard)\\..*")
                && (EXTENSION.matcher(name).matches()
                        || name.endsWith("/")
                        || name.matches("(server|web|docs|deploy|conformance|scripts)/.*"));
    }

    private static boolean isType(String name) {
        return TYPE.matcher(name).matches() && !isInTheJdk(name);
    }

    private static boolean isInTheJdk(String name) {
        try {
            Class.forName("java.lang." + name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /// Every type that `sources` declare or import.
    static Set<String> types(Map<String, String> sources) {
        var found = new HashSet<String>();
        for (var unit : SourceTexts.parse(SourceTexts.task(sources))) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
                    found.add(type.getSimpleName().toString());
                    return super.visitClass(type, null);
                }

                @Override
                public @Nullable Void visitImport(ImportTree used, @Nullable Void nothing) {
                    var name = used.getQualifiedIdentifier().toString();
                    found.add(name.substring(name.lastIndexOf('.') + 1));
                    return null;
                }
            }.scan(unit, null);
        }
        return found;
    }
}
