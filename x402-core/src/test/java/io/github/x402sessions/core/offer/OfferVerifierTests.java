package io.github.x402sessions.core.offer;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.offer.SignatureFinding.Standing;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.AdvancingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OfferVerifierTests {

	private static final String URL = "https://shop.example/quote?of=the+day";

	private static final URI CALLED = URI.create(URL);

	private final AdvancingClock clock = AdvancingClock.stopped(Instant.parse("2026-11-29T10:00:00Z"));

	private final SignedShop shop = new SignedShop(URL, this.clock);

	private final OfferVerifier verifier = new OfferVerifier(this.shop.keys());

	@Test
	void whatTheServerHasSignedHolds() {
		SignatureFinding<OfferTerms> offer = this.verifier.check(this.shop.offer(), CALLED, this.clock.instant());
		assertThat(offer.holds()).as(offer.why()).isTrue();
		assertThat(offer.content().isOf(SignedShop.ASKED)).isTrue();
		assertThat(offer.content().isOf(SignedShop.OTHER)).isFalse();
		assertThat(offer.content().resourceUrl()).isEqualTo(URL);
		SignatureFinding<ReceiptStatement> receipt = this.verifier.check(this.shop.receipt(), CALLED,
				this.clock.instant());
		assertThat(receipt.holds()).as(receipt.why()).isTrue();
		assertThat(receipt.content()).isEqualTo(
				new ReceiptStatement(1, "stellar:testnet", URL, "GP", this.clock.instant().getEpochSecond(), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "version", "resourceUrl", "scheme", "network", "asset", "payTo", "amount", "validUntil" })
	void noFieldOfAnOfferCanBeChanged(String field) {
		assertForged(this.verifier.check(changed(this.shop.offer(), 1, field), null, this.clock.instant()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "version", "resourceUrl", "network", "payer", "issuedAt" })
	void noFieldOfAReceiptCanBeChanged(String field) {
		SignedReceipt receipt = this.shop.receipt();
		String forged = changed(receipt.signature(), 1, field);
		assertForged(this.verifier.check(new SignedReceipt("jws", null, forged), null, this.clock.instant()));
	}

	private static void assertForged(SignatureFinding<?> check) {
		assertThat(check.holds()).isFalse();
		assertThat(check.content()).isNull();
		assertThat(check.why()).isNotEmpty();
	}

	@Test
	void theHeaderIsSignedToo() {
		SignedOffer more = with(this.shop.offer(), "typ", "JOSE");
		assertThat(this.verifier.check(more, CALLED, this.clock.instant()).standing()).isEqualTo(Standing.WRONG);
	}

	static Stream<Map<String, Object>> headers() {
		return Stream.of(Map.of("alg", "none"), Map.of("alg", "HS256"), Map.of("alg", "ES256K"),
				Map.of("kid", "did:key:z6Mk#z6Mk"), Map.of("kid", "did:web:shop.example"),
				Map.of("kid", "did:web:other.example#key-1"), Map.of("kid", "did:web:shop.example#other"),
				Map.of("crit", List.of("b64"), "b64", false), Map.of("b64", true),
				Map.of("jwk", Map.of("kty", "OKP", "crv", "Ed25519", "x", "AAAA")),
				Map.of("jwk", OfferKey.random().publicKey().toJwk()));
	}

	@ParameterizedTest
	@MethodSource("headers")
	void noOtherHeaderDoes(Map<String, Object> header) {
		SignedOffer offer = this.shop.offer();
		for (Map.Entry<String, Object> member : header.entrySet()) {
			offer = with(offer, member.getKey(), member.getValue());
		}
		assertThat(this.verifier.check(offer, CALLED, this.clock.instant()).holds()).isFalse();
	}

	@Test
	void aKeyThatComesAlongProvesNothing() {
		SignedShop stranger = new SignedShop(URL, this.clock);
		Map<String, Object> header = new LinkedHashMap<>();
		header.put("alg", "EdDSA");
		header.put("kid", "did:web:shop.example#mine");
		header.put("jwk", stranger.key().publicKey().toJwk());
		SignedOffer forged = signed(header, stranger.offer(), stranger.key());
		assertThat(this.verifier.check(forged, CALLED, this.clock.instant()).standing()).isEqualTo(Standing.WRONG);
		OfferVerifier alone = new OfferVerifier((did, id, service) -> {
			throw new DidUnavailableException("nobody answers", null);
		});
		assertThat(alone.check(forged, CALLED, this.clock.instant()))
			.isEqualTo(SignatureFinding.unverified("not verified: nobody answers"));
		header.put("jwk", this.shop.key().publicKey().toJwk());
		assertThat(
				alone.check(signed(header, stranger.offer(), stranger.key()), CALLED, this.clock.instant()).standing())
			.isEqualTo(Standing.WRONG);
		OfferVerifier both = new OfferVerifier((did, id, service) -> Optional.of(this.shop.key().publicKey()));
		assertThat(both.check(signed(header, this.shop.offer(), this.shop.key()), CALLED, this.clock.instant()).holds())
			.isTrue();
		header.put("jwk", stranger.key().publicKey().toJwk());
		assertThat(both.check(signed(header, stranger.offer(), stranger.key()), CALLED, this.clock.instant()))
			.isEqualTo(SignatureFinding.wrong("the key in its header is not the one that the host publishes"));
	}

	@ParameterizedTest
	@CsvSource({ "https://shop.example/quote, did:web:shop.example, true", //
			"https://SHOP.example/quote, did:web:shop.example, true",
			"https://shop.example:8443/quote, did:web:shop.example, false",
			"https://shop.example:8443/quote, did:web:shop.example%3A8443, true",
			"https://shop.example.evil/quote, did:web:shop.example, false",
			"https://shop.example@evil.example/quote, did:web:shop.example, false",
			"https://a@shop.example/quote, did:web:shop.example, false",
			"https://shop.example/a/quote, did:web:shop.example:a, true",
			"https://shop.example/ab/quote, did:web:shop.example:a, false",
			"https://shop.example/a/../b/quote, did:web:shop.example:a, false",
			"https://shop.example/a/%2E%2e/b/quote, did:web:shop.example:a, false",
			"https://shop.example/a/.%2e/b/quote, did:web:shop.example:a, false",
			"https://sub.shop.example/quote, did:web:shop.example, false", //
			"mcp://tool/quote, did:web:shop.example, false", "not a url, did:web:shop.example, false" })
	void aKeySpeaksForItsHostAlone(String url, String did, boolean holds) {
		OfferKey key = this.shop.key();
		String kid = did + "#k";
		OfferTerms terms = new OfferTerms(1, url, "session", "stellar:testnet", "CA", "GR", "100", null);
		SignedOffer offer = new SignedOffer("jws", 0, null, CompactJws.sign(kid, WireJson.write(terms), key));
		OfferVerifier anyHost = new OfferVerifier((name, id, service) -> Optional.of(key.publicKey()));
		assertThat(anyHost.check(offer, null, this.clock.instant()).holds()).isEqualTo(holds);
	}

	@Test
	void aToolIsSoldByTheServerThatWasCalled() {
		OfferKey key = this.shop.key();
		OfferTerms terms = new OfferTerms(1, "mcp://tool/quote", "session", "stellar:testnet", "CA", "GR", "100", null);
		SignedOffer offer = new SignedOffer("jws", 0, null,
				CompactJws.sign("did:web:shop.example#k", WireJson.write(terms), key));
		OfferVerifier anyHost = new OfferVerifier((name, id, service) -> Optional.of(key.publicKey()));
		assertThat(anyHost.check(offer, URI.create("https://shop.example/mcp"), this.clock.instant()).holds()).isTrue();
		assertThat(anyHost.check(offer, URI.create("https://evil.example/mcp"), this.clock.instant()).standing())
			.isEqualTo(Standing.WRONG);
		assertThat(anyHost.check(offer, URI.create("mcp://local"), this.clock.instant()).standing())
			.isEqualTo(Standing.UNVERIFIED);
	}

	@Test
	void anOfferOfAnotherHostIsNotThatOfTheServerThatWasCalled() {
		assertThat(
				this.verifier.check(this.shop.offer(), URI.create("https://evil.example/quote"), this.clock.instant())
					.standing())
			.isEqualTo(Standing.UNVERIFIED);
	}

	@Test
	void anOfferEnds() {
		SignedOffer offer = this.shop.offer();
		Instant end = this.clock.instant().plus(Duration.ofMinutes(5));
		assertThat(this.verifier.check(offer, CALLED, end.plusSeconds(60)).holds()).isTrue();
		assertThat(this.verifier.check(offer, CALLED, end.plusSeconds(61)).standing()).isEqualTo(Standing.WRONG);
		assertThat(this.verifier.check(this.shop.receipt(), CALLED, this.clock.instant().minusSeconds(61)).standing())
			.isEqualTo(Standing.WRONG);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "a.b", "a.b.c", "....", "e30.e30.", "e30.e30.AA", "*.*.*" })
	void whatIsNoSignatureIsNone(String signature) {
		if (!signature.isEmpty()) {
			assertThat(
					this.verifier.check(new SignedOffer("jws", null, null, signature), CALLED, Instant.now()).holds())
				.isFalse();
		}
		String endless = this.shop.offer().signature() + "A".repeat(9000);
		assertThat(this.verifier.check(new SignedOffer("jws", null, null, endless), CALLED, Instant.now()).standing())
			.isEqualTo(Standing.WRONG);
	}

	@Test
	void otherFormatsAreNotVerified() {
		SignedOffer eip712 = new SignedOffer("eip712", 0, Map.of("version", 1), "0x12");
		assertThat(this.verifier.check(eip712, CALLED, Instant.now()))
			.isEqualTo(SignatureFinding.unverified("not verified: eip712"));
		assertThat(eip712.claim()).isEmpty();
	}

	@Test
	void aTextOfAKeyShowsNothingOfIt() {
		OfferKey key = OfferKey.random();
		assertThat(key.toString()).doesNotContain(key.toSecret());
		assertThat(OfferKey.ofSecret(key.toSecret()).publicKey()).isEqualTo(key.publicKey());
	}

	private static SignedOffer changed(SignedOffer offer, int part, String field) {
		return new SignedOffer("jws", 0, null, changed(offer.signature(), part, field));
	}

	@SuppressWarnings("unchecked")
	private static String changed(String jws, int part, String field) {
		String[] parts = jws.split("\\.");
		Map<String, Object> members = WireJson.read(Base64.getUrlDecoder().decode(parts[part]), Map.class);
		members.compute(field,
				(name, value) -> (value instanceof Number number) ? number.longValue() + 1 : value + "1");
		parts[part] = base64(WireJson.write(members));
		return String.join(".", parts);
	}

	@SuppressWarnings("unchecked")
	private static SignedOffer with(SignedOffer offer, String field, Object value) {
		String[] parts = offer.signature().split("\\.");
		Map<String, Object> members = WireJson.read(Base64.getUrlDecoder().decode(parts[0]), Map.class);
		members.put(field, value);
		parts[0] = base64(WireJson.write(members));
		return new SignedOffer("jws", 0, null, String.join(".", parts));
	}

	/** Signed by hand, because the library writes headers of its own. */
	private static SignedOffer signed(Map<String, Object> header, SignedOffer offer, OfferKey key) {
		String text = base64(WireJson.write(header)) + "." + offer.signature().split("\\.")[1];
		try {
			Signature signer = Signature.getInstance("Ed25519");
			signer.initSign(key.key());
			signer.update(text.getBytes(StandardCharsets.US_ASCII));
			return new SignedOffer("jws", 0, null, text + "." + base64(signer.sign()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
