package lanyard;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanyard.traceability.SourceTexts;
import org.jspecify.annotations.Nullable;

/// Measures source text with the compiler's own parser: what is longer or wider than STYLE.md allows.
final class Shape {
    static final int LONGEST_FILE = 400;
    static final int LONGEST_METHOD = 50;
    static final int MOST_PARAMETERS = 5;

    private Shape() {}

    /// One sentence for each thing that is too big in `sources`, by file name.
    static List<String> violations(Map<String, String> sources) {
        var found = new ArrayList<String>();
        sources.forEach((file, source) -> {
            var lines = source.lines().count();
            if (lines > LONGEST_FILE) {
                found.add(file + " has " + lines + " lines; " + LONGEST_FILE + " are allowed.");
            }
        });
        var task = SourceTexts.task(sources);
        var positions = Trees.instance(task).getSourcePositions();
        for (var unit : SourceTexts.parse(task)) {
            new Measure(unit, positions, found).scan(unit, null);
        }
        return found;
    }

    private static final class Measure extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        private Measure(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            var lines =
                    line(positions.getEndPosition(unit, method)) - line(positions.getStartPosition(unit, method)) + 1;
            if (lines > LONGEST_METHOD) {
                found.add(named(method) + " has " + lines + " lines; " + LONGEST_METHOD + " are allowed.");
            }
            var parameters = method.getParameters().size();
            if (parameters > MOST_PARAMETERS && !isOfARecord(method) && !overrides(method)) {
                found.add(named(method) + " has " + parameters + " parameters; make a record of them.");
            }
            return super.visitMethod(method, null);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        private String named(MethodTree method) {
            return unit.getSourceFile().getName().substring(1) + ": " + method.getName();
        }

        private boolean isOfARecord(MethodTree method) {
            return method.getReturnType() == null
                    && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                    && type.getKind() == Tree.Kind.RECORD;
        }

        private static boolean overrides(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }
    }
}
