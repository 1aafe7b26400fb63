package io.github.x402sessions.adapter.mcp;

import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.session.PaymentSigner;
import io.github.x402sessions.client.payment.session.SessionGrant;
import io.github.x402sessions.client.payment.session.SessionPayer;
import io.github.x402sessions.client.payment.session.SpendingRules;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;

/**
 * A session of 100 base units a call, paid to GSHOP.
 */
final class ToolBuyer {

	static final String SESSION = "s3cret";

	final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	private Budget budget = Budget.unlimited();

	private boolean prepaying;

	private @Nullable SessionKeyPair key;

	ToolBuyer budget(long most) {
		this.budget = Budget.of("stellar:testnet", "CUSDC", BigInteger.valueOf(most), Duration.ofHours(1),
				Clock.systemUTC());
		return this;
	}

	ToolBuyer prepaying() {
		this.prepaying = true;
		return this;
	}

	ToolBuyer signing(SessionKeyPair key) {
		this.key = key;
		return this;
	}

	/** Payments to one server. */
	Payments at(URI server) {
		Asset asset = new Asset("CUSDC", 7);
		PaymentOptions options = new PaymentOptions(this.budget, this.events::add, this.prepaying, false,
				Duration.ofSeconds(5), Clock.systemUTC(), List.of(), "stellar:testnet", asset);
		SpendingRules rules = new SpendingRules("stellar:testnet", asset, "GSHOP", "GSPENDER", BigInteger.valueOf(100),
				Set.of(Origin.of(server)));
		PaymentSigner signer = (this.key != null) ? new PaymentSigner(this.key, "ab12", Map.of()) : null;
		return new Payments(new SessionPayer(
				new SessionGrant(SESSION, rules, BigInteger.ZERO, Instant.MAX, Instant.MAX, signer), options), options);
	}

}
