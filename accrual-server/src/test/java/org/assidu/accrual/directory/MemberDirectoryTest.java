package org.assidu.accrual.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.Ean13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberDirectoryTest {
    private static final long CARD = 4006381333931L;
    private static final long OTHER_CARD = 5012345678900L;
    private static final String PHONE = "+33612345678";
    private static final String EMAIL = "zoe@example.fr";

    @TempDir
    Path folder;

    @Test
    void cardIsUnknownUntilItIsEnrolledAndThenKeepsItsKey() {
        try (MemberDirectory directory = open()) {
            assertThat(directory.findCard(CARD)).isZero();
            long key = directory.enrolCard(CARD);
            assertThat(key).isPositive();
            assertThat(directory.findCard(CARD)).isEqualTo(key);
            assertThat(directory.enrolCard(CARD)).isEqualTo(key);
            assertThat(directory.findCard(OTHER_CARD)).isZero();
            assertThat(directory.enrolCard(OTHER_CARD)).isNotEqualTo(key);
            assertThat(directory.size()).isEqualTo(2);
            assertThat(directory.knows(key)).isTrue();
            assertThat(directory.knows(key + 1)).isFalse();
            assertThat(directory.knows(0)).isFalse();
        }
    }

    @Test
    void everyKindOfIdentifierFindsItsMember() {
        try (MemberDirectory directory = open()) {
            long key = directory.enrol(List.of(
                    Identifier.card(CARD),
                    Identifier.token(TokenKind.QR_TOKEN, "qr-1"),
                    Identifier.token(TokenKind.PHONE, PHONE),
                    Identifier.token(TokenKind.EMAIL, EMAIL)));
            assertThat(directory.findCard(CARD)).isEqualTo(key);
            assertThat(directory.findToken(TokenKind.QR_TOKEN, "qr-1")).isEqualTo(key);
            assertThat(directory.findToken(TokenKind.PHONE, "0033 6 12 34 56 78"))
                    .isEqualTo(key);
            assertThat(directory.findToken(TokenKind.EMAIL, "ZOE@Example.fr")).isEqualTo(key);
            assertThat(directory.findToken(TokenKind.QR_TOKEN, "QR-1")).isZero();
            assertThat(directory.findToken(TokenKind.QR_TOKEN, PHONE)).isZero();
            assertThat(directory.findToken(TokenKind.PHONE, "not a phone")).isZero();
            assertThat(directory.kindsOf(key)).containsExactlyInAnyOrder(IdentifierKind.values());
            assertThat(directory.size()).isEqualTo(1);
            assertThat(directory.identifiers()).isEqualTo(4);
        }
    }

    @Test
    void enrolmentJoinsTheMemberOfTheFirstLinkedIdentifier() {
        try (MemberDirectory directory = open()) {
            long key = directory.enrolCard(CARD);
            assertThat(directory.enrol(List.of(Identifier.token(TokenKind.PHONE, PHONE), Identifier.card(CARD))))
                    .isEqualTo(key);
            assertThat(directory.findToken(TokenKind.PHONE, PHONE)).isEqualTo(key);
            assertThat(directory.kindsOf(key)).containsExactlyInAnyOrder(IdentifierKind.CARD, IdentifierKind.PHONE);
        }
    }

    @Test
    void conflictChangesNothingAndNamesBothMembers() {
        try (MemberDirectory directory = open()) {
            long first = directory.enrolCard(CARD);
            long second = directory.enrolCard(OTHER_CARD);
            Identifier phone = Identifier.token(TokenKind.PHONE, PHONE);
            assertThatThrownBy(
                            () -> directory.enrol(List.of(phone, Identifier.card(CARD), Identifier.card(OTHER_CARD))))
                    .isInstanceOfSatisfying(IdentifierConflictException.class, conflict -> {
                        assertThat(conflict.kind()).isEqualTo(IdentifierKind.CARD);
                        assertThat(conflict.linkedMemberKey()).isEqualTo(second);
                        assertThat(conflict.memberKey()).isEqualTo(first);
                    });
            assertThat(directory.find(phone)).isZero();
            assertThatThrownBy(() -> directory.link(first, Identifier.card(OTHER_CARD)))
                    .isInstanceOf(IdentifierConflictException.class);
            directory.link(first, Identifier.card(CARD));
            directory.link(first, phone);
            assertThat(directory.find(phone)).isEqualTo(first);
            assertThatThrownBy(() -> directory.link(12345, Identifier.token(TokenKind.EMAIL, EMAIL)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0000000000003039");
        }
    }

    @Test
    void blockedCardIsFoundAsMinusItsMemberAlsoWhenItWasInTheCache() {
        try (MemberDirectory directory = open()) {
            long key = directory.enrol(List.of(Identifier.card(CARD), Identifier.token(TokenKind.PHONE, PHONE)));
            assertThat(directory.findCard(CARD)).isEqualTo(key);
            directory.blockCard(CARD);
            directory.blockCard(CARD);
            assertThat(directory.findCard(CARD)).isEqualTo(-key);
            assertThat(directory.enrolCard(CARD)).isEqualTo(-key);
            assertThat(directory.findToken(TokenKind.PHONE, PHONE)).isEqualTo(key);
            directory.link(key, Identifier.card(OTHER_CARD));
            assertThat(directory.findCard(OTHER_CARD)).isEqualTo(key);
            assertThatThrownBy(() -> directory.blockCard(Ean13.withCheckDigit(7)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (MemberDirectory directory = open()) {
            assertThat(directory.findCard(CARD)).isNegative();
            assertThat(directory.findCard(OTHER_CARD)).isEqualTo(-directory.findCard(CARD));
            assertThat(directory.size()).isEqualTo(1);
        }
    }

    @Test
    void everythingIsThereAfterReopening() {
        long key;
        try (MemberDirectory directory = open()) {
            key = directory.enrol(List.of(Identifier.card(CARD), Identifier.token(TokenKind.EMAIL, EMAIL)));
        }
        try (MemberDirectory directory = open()) {
            assertThat(directory.findCard(CARD)).isEqualTo(key);
            assertThat(directory.findToken(TokenKind.EMAIL, EMAIL)).isEqualTo(key);
            assertThat(directory.recovery()).isEmpty();
        }
    }

    @Test
    void issuedCardsAreConsecutiveAndNeverTheSameTwice() {
        Set<Long> cards = new HashSet<>();
        try (MemberDirectory directory = open()) {
            List<Long> first = directory.issueCards("29870001", 3);
            assertThat(first)
                    .containsExactly(
                            Ean13.withCheckDigit(298700010000L),
                            Ean13.withCheckDigit(298700010001L),
                            Ean13.withCheckDigit(298700010002L));
            cards.addAll(first);
            assertThat(directory.dirty()).isFalse();
            assertThat(directory.issued(first.get(2))).isTrue();
            assertThat(directory.issued(Ean13.withCheckDigit(298700010003L))).isFalse();
            assertThat(directory.issued(first.get(2) + 1)).isFalse();
            assertThat(directory.issued(CARD)).isFalse();
        }
        try (MemberDirectory directory = open()) {
            List<Long> more = directory.issueCards("29870001", 9_997);
            assertThat(more).hasSize(9_997).doesNotContainAnyElementsOf(cards).allMatch(Ean13::isValid);
            assertThat(directory.issued(more.get(9_996))).isTrue();
            assertThat(more.get(0)).isEqualTo(Ean13.withCheckDigit(298700010003L));
            assertThatThrownBy(() -> directory.issueCards("29870001", 1)).hasMessageContaining("room for 0 more cards");
        }
    }

    @Test
    void prefixesThatWouldIssueACardTwiceAreRefused() {
        try (MemberDirectory directory = open()) {
            directory.issueCards("29870001", 1);
            assertThatThrownBy(() -> directory.issueCards("2987000", 1))
                    .hasMessageContaining("overlaps prefix 29870001");
            assertThatThrownBy(() -> directory.issueCards("298700015", 1)).hasMessageContaining("overlaps");
            assertThatThrownBy(() -> directory.issueCards("298700", 1)).hasMessageContaining("7 to 11 digits");
            assertThatThrownBy(() -> directory.issueCards("298700019x", 1)).hasMessageContaining("7 to 11 digits");
            assertThatThrownBy(() -> directory.issueCards("29870001", 0)).hasMessageContaining("positive");
            assertThat(directory.issueCards("29870002", 1)).hasSize(1);
        }
    }

    @Test
    void seededKeysDependOnTheIdentifierAloneAndNotOnOrderOrFolder() {
        DirectoryConfig here = DirectoryConfig.at(folder.resolve("a")).withMemberKeySeed(7);
        DirectoryConfig there = DirectoryConfig.at(folder.resolve("b")).withMemberKeySeed(7);
        DirectoryConfig otherSeed = DirectoryConfig.at(folder.resolve("c")).withMemberKeySeed(8);
        try (MemberDirectory a = MemberDirectory.open(here);
                MemberDirectory b = MemberDirectory.open(there);
                MemberDirectory c = MemberDirectory.open(otherSeed)) {
            for (long serial = 0; serial < 500; serial++) {
                a.enrolCard(Ean13.withCheckDigit(298700010000L + serial));
            }
            for (long serial = 999; serial >= 0; serial--) {
                b.enrolCard(Ean13.withCheckDigit(298700010000L + serial));
            }
            for (long serial = 0; serial < 500; serial++) {
                long card = Ean13.withCheckDigit(298700010000L + serial);
                assertThat(a.findCard(card)).isPositive().isEqualTo(b.findCard(card));
                assertThat(c.enrolCard(card)).isNotEqualTo(a.findCard(card));
            }
        }
    }

    @Test
    void keysDifferFromRunToRunWithoutASeed() {
        try (MemberDirectory a = MemberDirectory.open(DirectoryConfig.at(folder.resolve("a")));
                MemberDirectory b = MemberDirectory.open(DirectoryConfig.at(folder.resolve("b")))) {
            assertThat(a.enrolCard(CARD)).isNotEqualTo(b.enrolCard(CARD));
        }
    }

    @Test
    void forceIsNeededAfterAWriteOnly() {
        try (MemberDirectory directory = open()) {
            assertThat(directory.dirty()).isFalse();
            directory.enrolCard(CARD);
            assertThat(directory.dirty()).isTrue();
            directory.force();
            assertThat(directory.dirty()).isFalse();
            directory.enrolCard(CARD);
            assertThat(directory.dirty()).isFalse();
        }
    }

    @Test
    void malformedIdentifiersAreRefusedWithoutQuotingThem() {
        try (MemberDirectory directory = open()) {
            assertThatThrownBy(() -> directory.enrolCard(CARD + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("check digit");
            assertThatThrownBy(() -> Identifier.token(TokenKind.PHONE, "0612345678"))
                    .hasMessageContaining("E.164")
                    .hasMessageNotContaining("0612345678");
            assertThatThrownBy(() -> directory.enrol(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void secondOpenerIsRefusedUntilTheFirstCloses() {
        try (MemberDirectory directory = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining("in use by another process");
            assertThat(directory.enrolCard(CARD)).isPositive();
        }
        open().close();
    }

    private MemberDirectory open() {
        return MemberDirectory.open(DirectoryConfig.at(folder));
    }
}
