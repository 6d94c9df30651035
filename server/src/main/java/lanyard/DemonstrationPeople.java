package lanyard;

import java.util.List;
import lanyard.trust.identity.NewPerson.Post;

/// The made-up staff of the demonstration: two wards, twelve people and three officers. Two pairs have names that are
/// near, so that the app's question can be seen. Registrations are of the bodies' form and belong to nobody.
final class DemonstrationPeople {
    static final String MAPLE = "Maple Ward";
    static final String OAK = "Oak Ward";
    static final String OFFICE = "Information governance office";

    /// May lock and suspend colleagues.
    static final String ADMINISTRATOR = "helen.ashworth";

    record Made(String user, String name, Post post) {}

    static final List<Made> ALL = List.of(
            new Made("rhian.lloyd", "Rhian Lloyd", new Post("Registrar", MAPLE, "GMC", "0000001")),
            new Made("amara.okafor", "Amara Okafor", new Post("Pharmacist", MAPLE, "GPhC", "0000002")),
            new Made("amarah.okafor", "Amarah Okafor", new Post("Healthcare assistant", OAK, "", "")),
            new Made("mohammed.khan", "Mohammed Khan", new Post("Consultant physician", OAK, "GMC", "0000003")),
            new Made("muhammad.khan", "Muhammad Khan", new Post("Physiotherapist", MAPLE, "HCPC", "PH000004")),
            new Made("grace.mensah", "Grace Mensah", new Post("Ward manager", MAPLE, "NMC", "00A0005E")),
            new Made("sian.evans", "Siân Evans", new Post("Staff nurse", MAPLE, "NMC", "00A0006E")),
            new Made("lukasz.wojcik", "Łukasz Wójcik", new Post("Porter", OAK, "", "")),
            new Made("priya.nair", "Priya Nair", new Post("Foundation doctor", OAK, "GMC", "0000007")),
            new Made("tom.fletcher", "Tom Fletcher", new Post("Occupational therapist", OAK, "HCPC", "OT000008")),
            new Made("beatriz.almeida", "Beatriz Almeida", new Post("Staff nurse", OAK, "NMC", "00A0009E")),
            new Made("dawn.whitaker", "Dawn Whitaker", new Post("Ward clerk", MAPLE, "", "")),
            new Made("helen.ashworth", "Helen Ashworth", new Post("Information governance lead", OFFICE, "", "")),
            new Made("samir.haddad", "Samir Haddad", new Post("Caldicott guardian", OFFICE, "GMC", "0000010")),
            new Made(
                    "judith.pemberton", "Judith Pemberton", new Post("Senior information risk owner", OFFICE, "", "")));

    private DemonstrationPeople() {}
}
