package lanyard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// The rules of ARCHITECTURE.md, for the packages under one root: `lanyard`, or the one of the planted violations.
/// A rule in the map is run on both: it cannot be written and then forgotten, nor be one that never fails.
final class Walls {
    /// Top to bottom. Code may use its own layer and the layers below it, never one above.
    private static final List<String> LAYERS = List.of("governance", "messaging", "trust", "platform", "standards");

    private static final String[] SQL = {
        "java.sql..", "javax.sql..", "com.zaxxer..", "org.flywaydb..", "org.postgresql.."
    };

    private final String root;

    private Walls(String root) {
        this.root = root;
    }

    static Map<String, ArchRule> under(String root) {
        var walls = new Walls(root);
        var rules = new LinkedHashMap<String, ArchRule>();
        for (var i = 1; i < LAYERS.size(); i++) {
            rules.put(LAYERS.get(i) + " looks only down", walls.looksOnlyDown(i));
        }
        rules.put(
                "features form no cycle",
                slices().matching(root + ".(*).(*)..").should().beFreeOfCycles());
        rules.put("standards are plain Java", walls.standardsArePlainJava());
        rules.put("standards do no input or output", walls.standardsDoNoInputOrOutput());
        rules.put("only platform.http sees the HTTP library", walls.only("platform.http", "org.eclipse.jetty.."));
        rules.put("only platform.db speaks SQL's libraries", walls.only("platform.db", SQL));
        rules.put("only stores run statements", walls.onlyStoresRunStatements());
        for (var suffix : List.of("Store", "Endpoints", "Pages", "Job")) {
            rules.put("every " + suffix + " is private to its package", walls.staysPrivate(suffix));
        }
        rules.put("time is handed in, never looked up", walls.timeIsHandedIn());
        rules.put("above the platform, randomness is handed in", walls.randomnessIsHandedIn());
        rules.put("only an approved case is unsealed", walls.onlyAnApprovedCaseIsUnsealed());
        rules.put("no setters", walls.noSetters());
        rules.put("no name says nothing", namesSaySomething());
        rules.put("every package is null-marked", nullMarked());
        return rules;
    }

    private String in(String packages) {
        return root + "." + packages + "..";
    }

    private ArchRule looksOnlyDown(int layer) {
        var above =
                new ArrayList<>(LAYERS.subList(0, layer).stream().map(this::in).toList());
        above.add(root);
        return noClasses()
                .that(resideInAPackage(in(LAYERS.get(layer))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(above.toArray(String[]::new)));
    }

    /// Jackson's tree is our type for JSON, as `String` is for text: see the ADR. Ed25519 is Bouncy Castle's
    /// arithmetic,
    /// twenty times quicker than the JDK's.
    private ArchRule standardsArePlainJava() {
        return classes()
                .that(resideInAPackage(in("standards")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        in("standards"),
                        "java..",
                        "javax.xml..",
                        "org.jspecify..",
                        "tools.jackson..",
                        "org.bouncycastle.math.ec.rfc8032.."));
    }

    private ArchRule standardsDoNoInputOrOutput() {
        return noClasses()
                .that(resideInAPackage(in("standards")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "java.nio.file..", "java.sql.."))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(io\\.(File.*|RandomAccessFile)|net\\.(.*Socket.*|URL|URLConnection))");
    }

    private ArchRule only(String owner, String... library) {
        return noClasses()
                .that(not(resideInAPackage(in(owner))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library));
    }

    private ArchRule onlyStoresRunStatements() {
        var store = DescribedPredicate.describe(
                "a store", (JavaClass type) -> outermost(type).getSimpleName().endsWith("Store"));
        return noClasses()
                .that(not(resideInAPackage(in("platform.db"))))
                .and(not(store))
                .should()
                .dependOnClassesThat(resideInAPackage("org.jdbi.."));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Walls::outermost).orElse(type);
    }

    /// In features; the platform's key store is one that others are given.
    private ArchRule staysPrivate(String suffix) {
        return classes()
                .that(not(resideInAPackage(in("platform"))))
                .and()
                .haveSimpleNameEndingWith(suffix)
                .and()
                .areTopLevelClasses()
                .should()
                .bePackagePrivate()
                .allowEmptyShould(true);
    }

    /// Every way java.time has of reading the wall clock is a static `now`, `system…` or `tick…`. `App` and `Main` are
    /// where it comes from.
    private ArchRule timeIsHandedIn() {
        return noClasses()
                .that(not(resideInAPackage(root)))
                .should()
                .callMethodWhere(target(owner(resideInAPackage("java.time..")))
                        .and(target(nameMatching("now|system.*|tick.*")))
                        .and(DescribedPredicate.describe(
                                "is static",
                                call -> call.getTarget()
                                        .resolveMember()
                                        .filter(member -> member.getModifiers().contains(JavaModifier.STATIC))
                                        .isPresent())))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class);
    }

    private ArchRule randomnessIsHandedIn() {
        return noClasses()
                .that(resideInAnyPackage(in("governance"), in("messaging"), in("trust"), in("standards")))
                .should()
                .callConstructorWhere(target(owner(JavaClass.Predicates.assignableTo(Random.class))))
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current");
    }

    /// `LookingIn` asks for the approval, spends it, and writes each search down for those who were searched.
    private ArchRule onlyAnApprovedCaseIsUnsealed() {
        return noClasses()
                .that(not(name(root + ".governance.review.LookingIn")))
                .should()
                .callConstructorWhere(target(owner(name(root + ".governance.custodian.Order"))));
    }

    /// But for those that a library's interface demands, and Matrix's own `setTyping` and its like in an endpoint.
    private ArchRule noSetters() {
        var demanded = DescribedPredicate.describe(
                "demanded by a library",
                (JavaMethod method) -> Stream.concat(
                                method.getOwner().getAllRawInterfaces().stream(),
                                method.getOwner().getAllRawSuperclasses().stream())
                        .filter(type -> !type.getPackageName().startsWith(root))
                        .anyMatch(type -> type.getMethods().stream()
                                .anyMatch(declared -> declared.getName().equals(method.getName()))));
        var operation = DescribedPredicate.describe(
                "operations of an endpoint",
                (JavaMethod method) -> method.getOwner().getSimpleName().endsWith("Endpoints")
                        && method.getModifiers().contains(JavaModifier.PRIVATE));
        return noMethods().that(not(demanded)).and(not(operation)).should().haveNameMatching("set[A-Z].*");
    }

    /// `PersonalData` is the law's word, `AccountData` is Matrix's, and `OpenedData` is the data directory.
    private static ArchRule namesSaySomething() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|(?<!Personal|Account|Opened)Data|Base)");
    }

    private static ArchRule nullMarked() {
        return classes().should(new ArchCondition<>("be in a package annotated with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + ": its package has no package-info with @NullMarked"));
                }
            }
        });
    }
}
