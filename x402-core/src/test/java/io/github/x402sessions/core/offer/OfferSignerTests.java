package io.github.x402sessions.core.offer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.fixtures.AdvancingClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OfferSignerTests {

	private final AdvancingClock clock = AdvancingClock.stopped(Instant.parse("2026-11-29T10:00:00Z"));

	private final SignedShop shop = new SignedShop("https://shop.example/quote", this.clock);

	@Test
	void whatIsSignedIsCanonical() {
		String jws = this.shop.offer().signature();
		String kid = "did:web:shop.example#" + this.shop.key().publicKey().name();
		assertThat(part(jws, 0)).isEqualTo("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}");
		assertThat(part(jws, 1))
			.isEqualTo("{\"amount\":\"100\",\"asset\":\"CA\",\"network\":\"stellar:testnet\",\"payTo\":\"GR\","
					+ "\"resourceUrl\":\"https://shop.example/quote\",\"scheme\":\"session\",\"validUntil\":1795946700,"
					+ "\"version\":1}");
		assertThat(SignedOffer.in(this.shop.challenge().extensions())).extracting(SignedOffer::acceptIndex)
			.containsExactly(0, 1);
	}

	@Test
	void theSameOfferIsSignedOnceInHalfOfItsTime() {
		OfferSigner signer = this.shop.signer();
		PaymentRequired first = this.shop.challenge(signer);
		this.clock.advance(Duration.ofSeconds(149));
		assertThat(this.shop.challenge(signer)).isEqualTo(first);
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(this.shop.challenge(signer)).isNotEqualTo(first);
	}

	@Test
	void whatCannotBeSignedIsLeftOutAndTold() {
		List<String> failures = new ArrayList<>();
		SignedShop broken = new SignedShop(this.shop.url(), this.shop.key(), this.clock, failures::add);
		OfferSigner signer = new OfferSigner(broken.builder(), (kid, payload) -> {
			throw new IllegalStateException("no key");
		});
		assertThat(broken.challenge(signer).extensions()).isNull();
		assertThat(broken.receipt(signer).extensions()).isNull();
		assertThat(failures).containsExactly("offer", "offer", "receipt");
	}

	@Test
	void receiptsNameTheTransactionWhereThatIsWanted() {
		assertThat(part(this.shop.receipt().signature(), 1)).doesNotContain("transaction");
		OfferSigner telling = this.shop.builder().withTransaction(true).build();
		SignedReceipt receipt = SignedReceipt.in(this.shop.receipt(telling).extensions()).orElseThrow();
		assertThat(part(receipt.signature(), 1)).contains("\"transaction\":\"abab");
	}

	@Test
	void twoKeysArePublishedWhileOneFollowsTheOther() {
		OfferKey next = OfferKey.random();
		OfferSigner signer = this.shop.builder().otherKeys(List.of(next.publicKey())).build();
		assertThat(DidDocument.read(signer.did(), signer.document()).keys().values())
			.containsExactlyInAnyOrder(this.shop.key().publicKey(), next.publicKey());
		assertThat(new String(signer.document(), StandardCharsets.UTF_8)).doesNotContain(this.shop.key().toSecret());
	}

	@Test
	void anOfferIsGoodForAReasonableTime() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.shop.builder().validity(Duration.ofSeconds(9)).build());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.shop.builder().validity(Duration.ofDays(31)).build());
	}

	private static String part(String jws, int index) {
		return new String(Base64.getUrlDecoder().decode(jws.split("\\.")[index]), StandardCharsets.UTF_8);
	}

}
