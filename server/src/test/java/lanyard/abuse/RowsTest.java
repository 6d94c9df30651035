package lanyard.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each abuse case of signing in (A), of lost phones (J), of governance (C, G), and each race of revocation, holds and
/// approvals has a test that bears its name: `a13…`, or `a1A2…` for a test of several.
class RowsTest {
    private static final Pattern NAMED = Pattern.compile("void ([acgij][0-9]+(?:[ACGIJ][0-9]+)*)[A-Z]");
    private static final Pattern ROW = Pattern.compile("[ACGIJ][0-9]+");

    @Test
    void everyCaseOfSignInOfLostPhonesAndOfGovernanceHasATestThatBearsItsName() throws IOException {
        var rows = Stream.of(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> "A" + i),
                        IntStream.rangeClosed(1, 7).mapToObj(i -> "J" + i),
                        IntStream.rangeClosed(1, 6).mapToObj(i -> "C" + i),
                        Stream.of("C14", "C15", "C16", "G3", "G4", "G12", "I3", "I4", "I5", "I6"))
                .flatMap(all -> all)
                .toList();
        assertThat(named()).containsAll(rows);
    }

    /// Objects (B), events and JSON (D), encryption (E), exhaustion (F) and races (I) of the Matrix core. Not
    /// here: B11, since colleagues find each other in the directory; E9, which clients warn of; F8 and I7, which
    /// are governance's.
    private static final String CORE = """
            B1 EveryRouteTest#aForeignRoomIsRefusedAsOneThatDoesNotExist
            B2 EveryRouteTest#aForeignRoomIsRefusedAsOneThatDoesNotExist
            B3 HistoryVisibilityTest#oneSeesWhatTheRoomsHistoryAllows
            B3 SyncTest#whoLeftGetsNothingMore
            B3 SlidingSyncTest#aRoomOneHasLeftIsShownOnceMoreAndOthersRoomsNever
            B3 SlidingConnectionsTest#whoWasSentAwayLearnsItWhereTheyOnlyNamedTheRoomAndNothingOfAfterwards
            B4 HistoryVisibilityTest#oneSeesWhatTheRoomsHistoryAllows
            B4 MessagesTest#aNewMemberOfARoomThatShowsFromJoiningSeesNothingOlder
            B5 TokensTest#noTokenShowsAnythingOfAnotherOrBreaksAnything
            B5 TransactionsTest#anotherDeviceOrPersonWithTheSameTransactionMeansAnotherEvent
            B5 AccountTest#aFilterIsKeptAndItsIdIsTheSameForTheSameFilter
            B6 EveryRouteTest#somebodyElsesThingsAreRefused
            B6 KeyBackupTest#anotherVersionsAndSomebodyElsesKeysStayAsTheyAre
            B6 OwnThingsTest#tagsAndNotesOfARoomAreOnesOwn
            B7 MediaTest#whatIsUploadedIsDownloadedByColleaguesAndNobodyElse
            B8 RefusedOperationsTest#eachRefusedOperationAnswersWithItsErrorCode
            B9 RefusedOperationsTest#eachRefusedOperationAnswersWithItsErrorCode
            B10 ClinicalRoomsTest#nobodyComesInByThemselvesNorIsItShownOutside
            B12 EncryptionTest#strangersKeysAreNotShownNorClaimed
            D1 TricksTest#aBodyThatCouldBeReadInTwoWaysIsRefused
            D2 TricksTest#aBodyThatCouldBeReadInTwoWaysIsRefused
            D3 TricksTest#aBodyThatCouldBeReadInTwoWaysIsRefused
            D3 TricksTest#whatIsOnlyUnusualIsTaken
            D4 BadInputTest#aBadBodyIsRefusedCheaply
            D5 CanonicalJsonTest#sortsByCodePointAndNotByJavasChars
            D5 BadInputTest#aBadIdIsRefused
            D6 TricksTest#fieldsThatAreTheServersAreTheServers
            D7 TricksTest#fieldsThatAreTheServersAreTheServers
            D8 TricksTest#stateThatNobodyMaySetIsRefused
            D9 TricksTest#redactingReachesNoOtherRoomAndNobodyAbove
            D9 TricksTest#redactingTheBeginningOrInACircleChangesNothing
            D10 RelationsTest#relationsToOtherRoomsAndLoopsAreIgnored
            D10 RelationsTest#theNewestValidEditIsShownWithTheMessage
            D11 TricksTest#oneTransactionIsOneEventWhateverItsBody
            D12 TricksTest#nobodyVouchesForThemselves
            D13 TricksTest#whoWasBannedStaysOutUntilUnbanned
            D14 TricksTest#anAddressWithATrickInItLeadsNowhere
            E1 PublishedKeysTest#forgedDeviceKeysAreRefused
            E1 PublishedKeysTest#aDeviceKeepsItsIdentity
            E2 PublishedKeysTest#anAgreementKeyThatEverybodyKnowsTheSecretOfIsRefused
            E3 PublishedKeysTest#oneTimeKeysAreSignedByTheDeviceAndNotTooMany
            E3 EncryptionTest#theSameKeyIdWithAnotherValueIsRefused
            E4 EncryptionTest#aOneTimeKeyIsNeverHandedOutTwice
            E5 PublishedKeysTest#crossSigningKeysHangTogetherAndAnIdentityIsNotReplacedWithoutAsking
            E5 PublishedKeysTest#aSignatureThatDoesNotFitIsNotPassedOn
            E6 KeyBackupTest#theBetterCopyStaysWhateverComesFirst
            E6 KeyBackupTest#anotherVersionsAndSomebodyElsesKeysStayAsTheyAre
            E7 PublishedKeysTest#aToDeviceMessageIsItsSendersAndNotTooLarge
            E7 EncryptionTest#whatIsSentToADeviceThatThereIsNotIsNotKept
            E8 MessagesTest#aMessageInClearIsRefusedInAnEncryptedRoom
            F1 RacesTest#whoChangesMoreThanAPersonCanIsToldToWaitAndNothingElseSuffers
            F2 ExhaustionTest#ofFiveHundredSyncsOfOneDeviceOnlyTheNewestWait
            F3 RoughCallersTest#headersThatDripAreNotWaitedForWhileOthersAreAnswered
            F4 RoughCallersTest#aBodyThatStopsComingIsNotWaitedFor
            F4 HttpServerTest#aBodyThatIsTooLargeIsRefusedWithOrWithoutItsLength
            F5 ExhaustionTest#patternsMadeToBeSlowAreNot
            F5 ExhaustionTest#aFilterWithSendersWithoutEndIsRefusedAndOneWithAFewIsKept
            F6 BadInputTest#aLimitOutOfReachIsClampedOrRefused
            F6 SlidingSyncTest#endlessWishesAreClampedOrRefused
            F7 MediaTest#whatIsNoPictureOrABombIsRefused
            F7 MediaTest#theLimitIsSaidAndHeld
            F9 ExhaustionTest#whoChurnsMembersIsToldToWaitAndOthersAreServed
            I1 RacesTest#aHundredSendsUnderOneTransactionAreOneEvent
            I2 RacesTest#whatIsAcceptedFromSomebodyComesBeforeTheirRemoval
            """;

    @Test
    void everyCaseOfTheMatrixCoreHasATest() throws IOException {
        var files = new HashMap<String, String>();
        try (var sources = Files.walk(Path.of("src/test/java"))) {
            for (var file : sources.filter(path -> path.toString().endsWith("Test.java"))
                    .toList()) {
                files.merge(file.getFileName().toString(), Files.readString(file), String::concat);
            }
        }
        var rows = new HashSet<String>();
        CORE.lines().forEach(line -> {
            var parts = line.split("[ #]", 3);
            assertThat(files.getOrDefault(parts[1] + ".java", "")).as(line).contains("void " + parts[2] + "(");
            rows.add(parts[0]);
        });
        var wanted = Stream.of(
                        rows("B", 12, Set.of(11)),
                        rows("D", 14, Set.of()),
                        rows("E", 8, Set.of()),
                        rows("F", 9, Set.of(8)))
                .flatMap(all -> all)
                .toList();
        assertThat(rows).containsAll(wanted).contains("I1", "I2");
    }

    private static Stream<String> rows(String group, int last, Set<Integer> without) {
        return IntStream.rangeClosed(1, last).filter(i -> !without.contains(i)).mapToObj(i -> group + i);
    }

    private static Set<String> named() throws IOException {
        var named = new HashSet<String>();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                NAMED.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1).toUpperCase(java.util.Locale.ROOT))
                        .flatMap(name -> ROW.matcher(name).results())
                        .forEach(row -> named.add(row.group()));
            }
        }
        return named;
    }
}
