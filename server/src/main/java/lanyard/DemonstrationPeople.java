package lanyard;

import java.util.List;
import java.util.Set;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Employer;
import lanyard.trust.identity.NewPerson.Post;

/// The made-up staff of the demonstration: two wards, twelve people and the governance office, in which no two duties
/// meet in one person, but for the administrator's. Two pairs have names that are near, so that the app's question can
/// be seen. Registrations are of the bodies' form and belong to nobody.
final class DemonstrationPeople {
    static final String MAPLE = "Maple Ward";
    static final String OAK = "Oak Ward";
    static final String OFFICE = "Information governance office";

    /// Made up, as everything here: a nursing agency without a code, and another trust.
    private static final Employer AGENCY = new Employer("", "Larkfield Nursing Agency");

    private static final Employer COMMUNITY = new Employer("X27", "Hillside Community NHS Trust");

    /// May lock and suspend colleagues.
    static final String ADMINISTRATOR = "helen.ashworth";

    /// Has not read the induction yet.
    static final String NEW_JOINER = "beatriz.almeida";

    record Made(String user, String name, Post post, Set<Duty> duties) {
        Made(String user, String name, Post post) {
            this(user, name, post, Set.of());
        }
    }

    static final List<Made> ALL = List.of(
            new Made("rhian.lloyd", "Rhian Lloyd", new Post("Registrar", MAPLE, "GMC", "0000001").withBleep("2145")),
            new Made("amara.okafor", "Amara Okafor", new Post("Pharmacist", MAPLE, "GPhC", "0000002")),
            new Made("amarah.okafor", "Amarah Okafor", new Post("Healthcare assistant", OAK, "", "")),
            new Made(
                    "mohammed.khan",
                    "Mohammed Khan",
                    new Post("Consultant physician", OAK, "GMC", "0000003").withBleep("2007")),
            new Made("muhammad.khan", "Muhammad Khan", new Post("Physiotherapist", MAPLE, "HCPC", "PH000004")),
            new Made("grace.mensah", "Grace Mensah", new Post("Ward manager", MAPLE, "NMC", "00A0005E")),
            new Made("sian.evans", "Siân Evans", new Post("Staff nurse", MAPLE, "NMC", "00A0006E")),
            new Made("lukasz.wojcik", "Łukasz Wójcik", new Post("Porter", OAK, "", "")),
            new Made(
                    "priya.nair", "Priya Nair", new Post("Foundation doctor", OAK, "GMC", "0000007").withBleep("2311")),
            new Made(
                    "tom.fletcher",
                    "Tom Fletcher",
                    new Post("Occupational therapist", OAK, "HCPC", "OT000008").of(COMMUNITY)),
            new Made("beatriz.almeida", "Beatriz Almeida", new Post("Staff nurse", OAK, "NMC", "00A0009E").of(AGENCY)),
            new Made("dawn.whitaker", "Dawn Whitaker", new Post("Ward clerk", MAPLE, "", "")),
            office("helen.ashworth", "Helen Ashworth", "Information governance lead", Duty.INFORMATION_GOVERNANCE),
            new Made(
                    "samir.haddad",
                    "Samir Haddad",
                    new Post("Caldicott guardian", OFFICE, "GMC", "0000010"),
                    Set.of(Duty.CALDICOTT_GUARDIAN)),
            office("judith.pemberton", "Judith Pemberton", "Senior information risk owner", Duty.SIRO),
            office("owen.rowlands", "Owen Rowlands", "Head of information governance", Duty.CASE_APPROVER),
            office("farah.siddiqui", "Farah Siddiqui", "Data protection officer", Duty.DATA_PROTECTION_OFFICER),
            office("elin.parry", "Elin Parry", "Records manager", Duty.RECORDS),
            office("martin.doyle", "Martin Doyle", "Company secretary", Duty.CUSTODIAN_OFFICER),
            office("ngozi.eze", "Ngozi Eze", "Director of nursing", Duty.CUSTODIAN_OFFICER),
            office("victor.sandhu", "Victor Sandhu", "Head of internal audit", Duty.CUSTODIAN_OFFICER),
            office("jack.turner", "Jack Turner", "IT service desk analyst", Duty.HELP_DESK),
            office("carys.bevan", "Carys Bevan", "Rota coordinator", Duty.ROTA));

    private static Made office(String user, String name, String role, Duty duty) {
        return new Made(user, name, new Post(role, OFFICE, "", ""), Set.of(duty));
    }

    private DemonstrationPeople() {}
}
