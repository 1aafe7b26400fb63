package io.github.x402sessions.facilitator.session.registration;

import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.stellar.ProtocolVectors;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which claims are well formed and within the rules, and which the chain confirms.
 */
class ClaimTests {

	private static final String ASSET = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";

	private static final String USER = KeyPair.random().getAccountId();

	private static final String SHOP = KeyPair.random().getAccountId();

	private static final String STRANGER = KeyPair.random().getAccountId();

	private static final String SPENDER = KeyPair.random().getAccountId();

	private static final String HASH = "Ab".repeat(32);

	private static final SessionRules RULES = new SessionRules("n", TestSpenders.named(SPENDER), Set.of(ASSET),
			Set.of(SHOP), null, 0, false);

	@Test
	void termsAreWhatIsClaimedAndTheFacilitatorsOwnAddress() {
		Claim claim = claim(USER, ASSET, SHOP, "100", 900, null);
		assertThat(claim).isEqualTo(new Claim(
				new SessionTerms("n", "ab".repeat(32), USER, SPENDER, ASSET, SHOP, BigInteger.valueOf(100), 900, null),
				false));
		assertThat(claim(USER, ASSET, STRANGER, "100", 900, "signature").proven()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "1.5", "", "9223372036854775808", "ten" })
	void capIsAPositiveNumberOfBaseUnits(String cap) {
		assertRefused("'cap'", () -> ClaimCheck.cap(cap));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, 4294967296L })
	void expirationIsALedger(long ledger) {
		assertRefused("'expirationLedger'", () -> claim(USER, ASSET, SHOP, "1", ledger, null));
	}

	@Test
	void partiesAreAddressesAndDifferent() {
		assertRefused("'user' is not", () -> claim("GUSER", ASSET, SHOP, "1", 900, null));
		assertRefused("'user' must not", () -> claim(SPENDER, ASSET, SHOP, "1", 900, null));
		assertRefused("'asset' is not", () -> claim(USER, STRANGER, SHOP, "1", 900, null));
		assertRefused("'recipient' is not a", () -> claim(USER, ASSET, "GSHOP", "1", 900, "signature"));
		for (String recipient : new String[] { SPENDER, ASSET, USER }) {
			assertRefused("'recipient' must not", () -> claim(USER, ASSET, recipient, "1", 900, "signature"));
		}
	}

	@Test
	void recipientThatIsNotListedNeedsTheUsersSignature() {
		assertRefused("there is no 'proof'", () -> claim(USER, ASSET, STRANGER, "1", 900, null));
	}

	@Test
	void recipientThatIsNotServedIsRefusedInAnyCase() {
		SessionRules rules = new SessionRules("n", TestSpenders.named(SPENDER), Set.of(ASSET), Set.of(), Set.of(SHOP),
				0, false);
		assertRefused("is not served", () -> Claim
			.of(new RegistrationRequest(HASH, USER, ASSET, STRANGER, "1", 900, "n", "signature", null, null), rules));
	}

	static Stream<String> refusedKeys() {
		return ProtocolVectors.at("/refusedKeys").valueStream().map((vector) -> vector.required("key").asString());
	}

	@ParameterizedTest
	@MethodSource("refusedKeys")
	void keyThatProvesNothingIsRefused(String key) {
		assertRefused("'sessionKey' is no usable", () -> Claim
			.of(new RegistrationRequest(HASH, USER, ASSET, SHOP, "1", 900, "n", "signature", null, key), RULES));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ab", "zz", "abababababababababababababababababababababababababababababababababab" })
	void approveIsNamedByItsHash(String hash) {
		assertRefused("'approvalTxHash'", () -> Claim
			.of(new RegistrationRequest(hash, USER, ASSET, SHOP, "1", 900, "n", null, null, null), RULES));
	}

	@Test
	void chainConfirmsTheClaimUnderItsOwnNameForTheApprove() {
		Approval approval = approval(ASSET, USER, SPENDER, 100, 900);
		assertThat(claim(USER, ASSET, SHOP, "100", 900, null).confirmedBy(approval, RULES).terms().approval())
			.isEqualTo("inner");
		assertThat(claim(USER, ASSET, SHOP, "99", 900, null).confirmedBy(approval, RULES).terms().cap())
			.as("the rest is for others")
			.isEqualTo(99);
	}

	@Test
	void chainThatSaysSomethingElseRefutesIt() {
		Claim claim = claim(USER, ASSET, SHOP, "100", 900, null);
		assertRefused("another 'asset'", () -> claim.confirmedBy(approval(STRANGER, USER, SPENDER, 100, 900), RULES));
		assertRefused("another 'user'", () -> claim.confirmedBy(approval(ASSET, STRANGER, SPENDER, 100, 900), RULES));
		assertRefused("another spender", () -> claim.confirmedBy(approval(ASSET, USER, STRANGER, 100, 900), RULES));
		assertRefused("less than 'cap'", () -> claim.confirmedBy(approval(ASSET, USER, SPENDER, 99, 900), RULES));
		assertRefused("'expirationLedger'", () -> claim.confirmedBy(approval(ASSET, USER, SPENDER, 100, 901), RULES));
	}

	@ParameterizedTest
	@CsvSource({ "true, false, false, false, true", "true, false, true, true, true", "true, false, false, true, false",
			"false, false, false, false, false", "true, true, false, false, false" })
	void signedClaimReplacesWhatNobodySignedFor(boolean proven, boolean knownProven, boolean knownEnded,
			boolean sameTerms, boolean replaces) {
		Claim claim = claim(USER, ASSET, SHOP, "100", 900, proven ? "signature" : null);
		SessionTerms terms = sameTerms ? claim.terms() : claim(USER, ASSET, SHOP, "99", 900, null).terms();
		assertThat(claim.replaces(new Session("key", terms, 1, knownProven, BigInteger.ZERO, BigInteger.ZERO, 900,
				knownEnded ? SessionEnd.CLOSED : null, BigInteger.ZERO, false)))
			.isEqualTo(replaces);
	}

	private static Claim claim(String user, String asset, String recipient, String cap, long ledger, String proof) {
		return Claim.of(new RegistrationRequest(HASH, user, asset, recipient, cap, ledger, "n", proof, null, null),
				RULES);
	}

	private static Approval approval(String asset, String from, String spender, long amount, long liveUntil) {
		return new Approval("inner", asset, from, spender, BigInteger.valueOf(amount), liveUntil, 20);
	}

	private static void assertRefused(String message, Runnable claim) {
		assertThatExceptionOfType(RegistrationException.class).isThrownBy(claim::run).withMessageContaining(message);
	}

}
