package lanyard.traceability;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The routes that source code declares by `routes.add("GET /…", this::operation)`, read without running it: constants
/// of the same class and loops over a `List.of` of them are followed.
public final class DeclaredRoutes {
    /// `handler` is the method that answers.
    public record Declared(String route, String handler) {}

    private DeclaredRoutes() {}

    public static List<Declared> in(Map<String, String> sources) {
        var found = new ArrayList<Declared>();
        for (var unit : SourceTexts.parse(SourceTexts.task(sources))) {
            new Reader(found).scan(unit, null);
        }
        return found;
    }

    private static final class Reader extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final List<Declared> found;
        private final Map<String, List<String>> values = new HashMap<>();

        private Reader(List<Declared> found) {
            this.found = found;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            // Twice, as a constant may be made of one below it.
            for (var pass = 0; pass < 2; pass++) {
                for (var member : type.getMembers()) {
                    if (member instanceof VariableTree field && field.getInitializer() != null) {
                        values.put(field.getName().toString(), texts(field.getInitializer()));
                    }
                }
            }
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void nothing) {
            if (loop.getExpression() instanceof MethodInvocationTree list) {
                values.put(
                        loop.getVariable().getName().toString(),
                        list.getArguments().stream()
                                .flatMap(value -> texts(value).stream())
                                .toList());
            }
            return super.visitEnhancedForLoop(loop, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
            if (call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getIdentifier().contentEquals("add")
                    && call.getArguments().size() == 2) {
                var handler = handler(call.getArguments().get(1));
                texts(call.getArguments().get(0)).stream()
                        .filter(text -> text.matches("(GET|PUT|POST|DELETE) /.*"))
                        .forEach(route -> found.add(new Declared(route, handler)));
            }
            return super.visitMethodInvocation(call, null);
        }

        private static String handler(ExpressionTree argument) {
            return switch (argument) {
                case MemberReferenceTree reference -> reference.getName().toString();
                case LambdaExpressionTree lambda
                when lambda.getBody() instanceof MethodInvocationTree call ->
                    call.getMethodSelect() instanceof MemberSelectTree select
                            ? select.getIdentifier().toString()
                            : call.getMethodSelect().toString();
                default -> "";
            };
        }

        /// Every text the expression may be; none where we cannot tell.
        private List<String> texts(ExpressionTree expression) {
            return switch (expression) {
                case LiteralTree literal -> List.of(String.valueOf(literal.getValue()));
                case IdentifierTree name -> values.getOrDefault(name.getName().toString(), List.of());
                case ParenthesizedTree inner -> texts(inner.getExpression());
                case BinaryTree sum ->
                    texts(sum.getLeftOperand()).stream()
                            .flatMap(left ->
                                    texts(sum.getRightOperand()).stream().map(left::concat))
                            .toList();
                default -> List.of();
            };
        }
    }
}
