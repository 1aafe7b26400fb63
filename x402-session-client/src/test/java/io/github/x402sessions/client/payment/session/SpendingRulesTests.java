package io.github.x402sessions.client.payment.session;

import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SpendingRules} and {@link Origin}.
 */
class SpendingRulesTests {

	private static final PaymentRequirements FITTING = asked("session", "stellar:testnet", "100", "CUSDC", "GSHOP");

	private final SpendingRules rules = new SpendingRules("stellar:testnet", new Asset("CUSDC", 7), "GSHOP", "GSPENDER",
			BigInteger.valueOf(100), Set.of(Origin.of(URI.create("https://api.example"))));

	@Test
	void fittingTermsAreChosen() {
		assertThat(choose("https://api.example/chat?x=1", FITTING)).hasValue(FITTING);
	}

	@ParameterizedTest
	@CsvSource({ "exact,stellar:testnet,100,CUSDC,GSHOP", "session,stellar:pubnet,100,CUSDC,GSHOP",
			"session,stellar:testnet,101,CUSDC,GSHOP", "session,stellar:testnet,0,CUSDC,GSHOP",
			"session,stellar:testnet,-1,CUSDC,GSHOP", "session,stellar:testnet,1e1,CUSDC,GSHOP",
			"session,stellar:testnet,100,COTHER,GSHOP", "session,stellar:testnet,100,CUSDC,GTHIEF" })
	void otherTermsAreNot(String scheme, String network, String amount, String asset, String payTo) {
		PaymentRequirements other = asked(scheme, network, amount, asset, payTo);
		assertThat(choose("https://api.example/", other)).isEmpty();
		assertThat(choose("https://api.example/", other, FITTING)).hasValue(FITTING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://api.example/", "https://api.example:8443/", "https://evil.example/",
			"https://api.example.evil.example/", "https://api.example@evil.example/" })
	void otherOriginsGetNothing(String url) {
		assertThat(choose(url, FITTING)).isEmpty();
	}

	@Test
	void sameOriginIsTheSameHoweverItIsWritten() {
		assertThat(choose("HTTPS://API.example:443/x", FITTING)).hasValue(FITTING);
	}

	@Test
	void challengeOfAnotherFacilitatorIsNotPaid() {
		assertThat(choose("https://api.example/", withSpender("GSPENDER"))).isPresent();
		assertThat(choose("https://api.example/", withSpender("GOTHER"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://api.example", "/relative", "https:opaque", "mailto:me@example" })
	void originNeedsAWebUrl(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> Origin.of(URI.create(url))).withMessageContaining(url);
	}

	private Optional<PaymentRequirements> choose(String url, PaymentRequirements... accepts) {
		return (judge(url, accepts) instanceof SpendingVerdict.Allowed allowed) ? Optional.of(allowed.accepted())
				: Optional.empty();
	}

	private SpendingVerdict judge(String url, PaymentRequirements... accepts) {
		return this.rules.judge(URI.create(url),
				PaymentRequired.of(null, new ResourceInfo("https://api.example/", null, null), Arrays.asList(accepts)));
	}

	private static PaymentRequirements withSpender(String spender) {
		return new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", "GSHOP", 300,
				Map.of("spender", spender));
	}

	private static PaymentRequirements asked(String scheme, String network, String amount, String asset, String payTo) {
		return new PaymentRequirements(scheme, network, amount, asset, payTo, 300, Map.of());
	}

}
