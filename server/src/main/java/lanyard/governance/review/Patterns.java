package lanyard.governance.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanyard.governance.review.Detector.Looks;
import lanyard.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The patterns and names that the staff app looks for while somebody types, `web/src/nudge/rules.json` and
/// `lexicon.json`: one detector on the phone and here. What the phone leaves alone so as not to be in the way, a
/// colleague's name or a ward's telephone, is suggested here too: whoever reviews can pass over it, and a detail that
/// is passed over unseen has been disclosed.
record Patterns(List<Rule> rules, Set<String> given, Set<String> surnames, Set<String> noNames, Set<String> common) {
    /// @param modulus11 whether a hit counts only with the check digit of an NHS number
    record Rule(Pattern pattern, Looks looks, boolean modulus11) {}

    private static final Map<String, Looks> KINDS = Map.of(
            "nhs-number",
            Looks.NHS_NUMBER,
            "person-number",
            Looks.PERSON_NUMBER,
            "birth-date",
            Looks.BIRTH_DATE,
            "postcode",
            Looks.POSTCODE,
            "phone",
            Looks.PHONE,
            "hospital-number",
            Looks.HOSPITAL_NUMBER,
            "address",
            Looks.ADDRESS);
    private static final Pattern PART = Pattern.compile("\\{([a-z_]+)}");
    private static final int DEEPEST = 5;
    private static final Patterns SHARED = read();

    static Patterns shared() {
        return SHARED;
    }

    private static Patterns read() {
        var rules = resource("rules.json");
        var lexicon = resource("lexicon.json");
        var found = new ArrayList<Rule>();
        for (var rule : rules.path("rules")) {
            var pattern = rule.path("pattern").asString("");
            // Six digits that are the linked patient's birthday are anything else as well.
            var check = rule.path("check").asString("");
            if (!pattern.isEmpty() && !check.equals("linked-birth-date")) {
                var looks = Objects.requireNonNull(
                        KINDS.get(rule.path("kind").asString()), "a kind that rules.json has and the review has not");
                var flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                var compiled = Pattern.compile(expanded(pattern, rules.path("parts"), 0), flags);
                found.add(new Rule(compiled, looks, check.equals("nhs-modulus-11")));
            }
        }
        return new Patterns(
                List.copyOf(found),
                words(lexicon, "given"),
                words(lexicon, "surnames"),
                words(lexicon, "no_names"),
                list(rules.path("names").path("common_words")));
    }

    private static ObjectNode resource(String name) {
        try (var in = Objects.requireNonNull(Patterns.class.getResourceAsStream(name), name)) {
            return Json.object(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String expanded(String pattern, JsonNode parts, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalStateException("rules.json: a part refers to itself");
        }
        return PART.matcher(pattern).replaceAll(found -> {
            var part = parts.path(found.group(1)).asString();
            return Matcher.quoteReplacement(expanded(part, parts, depth + 1));
        });
    }

    private static Set<String> words(ObjectNode lexicon, String list) {
        return Set.copyOf(Arrays.asList(lexicon.path(list).asString().split(" ")));
    }

    private static Set<String> list(JsonNode list) {
        var words = new HashSet<String>();
        list.forEach(word -> words.add(word.asString()));
        return Set.copyOf(words);
    }

    boolean isName(String folded) {
        return given.contains(folded) || surnames.contains(folded);
    }

    /// Whether the word is a name and nothing else.
    boolean isOnlyName(String folded) {
        return isName(folded) && !common.contains(folded) && !noNames.contains(folded);
    }
}
