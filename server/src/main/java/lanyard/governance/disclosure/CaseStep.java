package lanyard.governance.disclosure;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import lanyard.trust.console.Choice;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// One thing that can be done with a case on a page of its own: who may, what is asked, what it does.
/// What is asked may depend on the case.
record CaseStep(String word, String title, May may, Function<CaseNow, List<Field>> fields, Deed deed) {
    CaseStep(String word, String title, May may, List<Field> fields, Deed deed) {
        this(word, title, may, _ -> fields, deed);
    }

    /// Who may do it, and when.
    record May(Set<Duty> duties, StepUp stepUp, Function<CaseNow, CaseNow.Answer> now) {}

    Set<Duty> duties() {
        return may.duties();
    }

    CaseNow.Answer answer(CaseNow now) {
        return may.now().apply(now);
    }

    /// False when nothing is there to be chosen from.
    boolean hasChoice(CaseNow now) {
        return fields.apply(now).stream().noneMatch(Field::isEmptyChoice);
    }

    /// What the page asks for.
    ///
    /// @param type `input`, `textarea`, `date`, `radios` or `checkboxes`
    public record Field(String type, String name, String label, String hint, List<Choice> items) {
        Field(String type, String name, String label, String hint) {
            this(type, name, label, hint, List.of());
        }

        private boolean isEmptyChoice() {
            return type.equals("radios") && items.isEmpty();
        }
    }

    @FunctionalInterface
    interface Deed {
        void make(ConsoleCall call, CaseId id);
    }
}
