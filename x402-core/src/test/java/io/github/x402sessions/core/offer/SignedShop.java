package io.github.x402sessions.core.offer;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;

/**
 * A server that signs what it offers.
 *
 * @param url what it sells
 * @param key what it signs with
 * @param clock tells the time
 * @param failures hears of what could not be signed
 */
record SignedShop(String url, OfferKey key, Clock clock, SigningFailureListener failures) {

	static final PaymentRequirements ASKED = new PaymentRequirements("session", FakeFacilitator.TESTNET, "100", "CA",
			"GR", 60, Map.of());

	static final PaymentRequirements OTHER = new PaymentRequirements("exact", FakeFacilitator.TESTNET, "120", "CA",
			"GR", 60, Map.of());

	SignedShop(String url, Clock clock) {
		this(url, OfferKey.random(), clock, (what) -> {
		});
	}

	OfferSigner signer() {
		return builder().build();
	}

	OfferSignerBuilder builder() {
		URI server = URI.create(this.url).resolve("/");
		return OfferSigner.builder(DidWeb.of(server), this.key).clock(this.clock).failures(this.failures);
	}

	PaymentRequired challenge() {
		return challenge(signer());
	}

	PaymentRequired challenge(OfferSigner signer) {
		PaymentRequired bare = PaymentRequired.of(null, new ResourceInfo(this.url, null, null), List.of(ASKED, OTHER));
		return signer.offers()
			.of(null, bare)
			.map((extension) -> bare.withExtension(OfferReceipt.EXTENSION, extension))
			.orElse(bare);
	}

	SignedOffer offer() {
		return SignedOffer.in(challenge().extensions()).get(0);
	}

	SettleResponse receipt(OfferSigner signer) {
		SettleResponse bare = new SettleResponse(true, null, null, "GP", "ab".repeat(32), FakeFacilitator.TESTNET,
				"100", null);
		return signer.receipts()
			.of(challenge(signer), bare)
			.map((extension) -> bare.withExtension(OfferReceipt.EXTENSION, extension))
			.orElse(bare);
	}

	SignedReceipt receipt() {
		return SignedReceipt.in(receipt(signer()).extensions()).orElseThrow();
	}

	/** Knows this shop's key and no other. */
	DidKeys keys() {
		DidWeb did = DidWeb.of(URI.create(this.url).resolve("/"));
		Map<String, Ed25519PublicKey> keys = DidDocument.read(did, signer().document()).keys();
		return (asked, id, service) -> Optional.ofNullable(keys.get(id));
	}

}
