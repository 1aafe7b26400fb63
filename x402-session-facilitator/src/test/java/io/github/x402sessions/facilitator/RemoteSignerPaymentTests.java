package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.SigningService.Answer;
import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.account.AccountKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Payments whose spender's key somebody else keeps: nothing is sent that is not signed,
 * and what was set aside for it is free again.
 */
class RemoteSignerPaymentTests {

	private final FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();

	private final SigningService service = SigningService
		.start(AccountKey.of(new String(this.environment.spender.getSecretSeed())));

	@AfterEach
	void close() {
		this.service.close();
		this.environment.close();
	}

	@Test
	void spenderWhoseKeyIsElsewherePays() {
		this.environment.start(properties("client", Map.of("facilitator.channels", "2")));
		String session = this.environment.payer().session(100_000);
		Eventually.isTrue(
				() -> this.environment.client.settle(Payments.of(this.environment, session, "1000")).status() == 200);
		assertThat(this.service.purposes).contains("channels", "transfer").doesNotContain("sponsorship");
		assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(1_000);
	}

	@ParameterizedTest
	@EnumSource(value = Answer.class, mode = EnumSource.Mode.EXCLUDE, names = "SIGNATURE")
	void whatIsNotSignedIsNotSentAndIsFreeAgain(Answer answer) {
		this.environment.start(properties("client", Map.of()));
		String session = this.environment.payer().session(1_000);
		Map<String, Object> payment = Payments
			.tracked(Payments.identified(this.environment, session, "pay_unsigned_payment_1", "1000"));
		this.service.answer = answer;
		Reply refused = this.environment.client.settle(payment);
		assertThat(refused.status()).as("%s", refused.body()).isEqualTo(503);
		assertThat(refused.text("errorReason")).isEqualTo("rpc_error");
		assertThat(String.valueOf(refused.body())).doesNotContain("S-secret").doesNotContain(session);
		assertThat(this.environment.client.get("/sessions/" + session).text("remaining")).isEqualTo("1000");
		assertThat(this.environment.usdc(this.environment.merchant)).isZero();
		this.service.answer = Answer.SIGNATURE;
		Eventually.isTrue(() -> this.environment.client.settle(payment).status() == 200);
		assertThat(this.environment.usdc(this.environment.merchant)).as("once").isEqualTo(1_000);
	}

	@Test
	void serviceThatIsGoneOrDoesNotKnowUsSignsNothing() {
		this.environment.start(properties("stranger", Map.of()));
		String session = this.environment.payer().session(1_000);
		assertThat(this.environment.client.settle(Payments.of(this.environment, session, "1000")).status())
			.isEqualTo(503);
		assertThat(this.service.purposes).isEmpty();
		this.service.close();
		assertThat(this.environment.client.settle(Payments.of(this.environment, session, "1000")).status())
			.isEqualTo(503);
		assertThat(this.environment.client.get("/sessions/" + session).text("remaining")).isEqualTo("1000");
	}

	@Test
	void withoutTheSeedChannelsAndSessionIdsNeedASecretOfTheirOwn() {
		Map<String, String> properties = properties("client", Map.of());
		properties.remove("facilitator.channel-secret");
		assertThatThrownBy(() -> this.environment.start(properties))
			.hasRootCauseInstanceOf(InvalidPropertyException.class)
			.rootCause()
			.hasMessageStartingWith("facilitator.channel-secret is missing");
	}

	private Map<String, String> properties(String certificate, Map<String, String> more) {
		Map<String, String> properties = new HashMap<>(this.service.properties(certificate));
		properties.put("facilitator.channel-secret", AccountKey.randomSecret());
		properties.putAll(more);
		return properties;
	}

}
