package lanyard.governance.review;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Why something is withheld. Which of them are right for a request is the law's to say and a person's to judge; this
/// list says which are at hand for which kind of request. <https://www.legislation.gov.uk/ukpga/2018/12>,
/// <https://www.legislation.gov.uk/ukpga/2000/36>
public enum Reason {
    SAR_THIRD_PARTY("third-party", Law.ACCESS, "Information about another person", "DPA 2018 Sch. 2 para. 16"),
    SAR_SERIOUS_HARM(
            "serious-harm",
            Law.ACCESS,
            "Disclosure would be likely to cause serious harm to somebody's health",
            "DPA 2018 Sch. 3 para. 5"),
    SAR_AGAINST_WISHES(
            "expectations",
            Law.ACCESS,
            "Given or found out in the expectation that it would not be disclosed to the person who asks",
            "DPA 2018 Sch. 3 para. 4"),
    SAR_PRIVILEGE("legal-privilege", Law.ACCESS, "Legal professional privilege", "DPA 2018 Sch. 2 para. 19"),
    SAR_CRIME("crime", Law.ACCESS, "Preventing or detecting crime", "DPA 2018 Sch. 2 para. 2"),
    SAR_NEGOTIATIONS("negotiations", Law.ACCESS, "Negotiations with the requester", "DPA 2018 Sch. 2 para. 23"),
    SAR_REFERENCE("reference", Law.ACCESS, "Confidential reference", "DPA 2018 Sch. 2 para. 24"),
    SAR_NOT_THEIRS("not-personal", Law.ACCESS, "Not the requester's personal data", "UK GDPR Art. 15"),
    FOI_COST("s.12", Law.FREEDOM, "Cost of compliance exceeds the appropriate limit", "FOIA 2000 s. 12"),
    FOI_ELSEWHERE("s.21", Law.FREEDOM, "Reasonably accessible by other means", "FOIA 2000 s. 21"),
    FOI_INVESTIGATION("s.30", Law.FREEDOM, "Investigations and proceedings", "FOIA 2000 s. 30"),
    FOI_LAW("s.31", Law.FREEDOM, "Law enforcement", "FOIA 2000 s. 31"),
    FOI_CONDUCT("s.36", Law.FREEDOM, "Prejudice to the effective conduct of public affairs", "FOIA 2000 s. 36"),
    FOI_SAFETY("s.38", Law.FREEDOM, "Health and safety", "FOIA 2000 s. 38"),
    FOI_PERSONAL("s.40", Law.FREEDOM, "Personal information", "FOIA 2000 s. 40"),
    FOI_CONFIDENCE("s.41", Law.FREEDOM, "Information provided in confidence", "FOIA 2000 s. 41"),
    FOI_PRIVILEGE("s.42", Law.FREEDOM, "Legal professional privilege", "FOIA 2000 s. 42"),
    FOI_COMMERCIAL("s.43", Law.FREEDOM, "Commercial interests", "FOIA 2000 s. 43"),
    OUT_OF_SCOPE("out-of-scope", Law.ANY, "Outside what was asked for", "-");

    /// Which requests a reason is for.
    public enum Law {
        ACCESS,
        FREEDOM,
        ANY
    }

    private final String code;
    private final Law law;
    private final String words;
    private final String clause;

    Reason(String code, Law law, String words, String clause) {
        this.code = code;
        this.law = law;
        this.words = words;
        this.clause = clause;
    }

    /// As it stands in the pack in the place of what it withholds.
    public String code() {
        return code;
    }

    public String words() {
        return words;
    }

    public String clause() {
        return clause;
    }

    public static Optional<Reason> find(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst();
    }

    /// Those at hand for a request under `under`; every one where it is under neither, for a coroner say.
    public static List<Reason> listFor(Law under) {
        return Arrays.stream(values())
                .filter(reason -> under == Law.ANY || reason.law == Law.ANY || reason.law == under)
                .toList();
    }
}
