package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Payers for tests: a session of 100 base units a call, paid to GSHOP.
 */
final class Payers {

	static final String ID = "s3cret+id";

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	private Budget budget = Budget.unlimited();

	private boolean prepaying;

	private boolean followingRedirects;

	private SessionPayer payer;

	private Clock clock = Clock.fixed(START, ZoneOffset.UTC);

	Payers budget(long limit) {
		this.budget = Budget.of(BigInteger.valueOf(limit), Duration.ofHours(1), this.clock);
		return this;
	}

	Payers prepaying() {
		this.prepaying = true;
		return this;
	}

	Payers followingRedirects() {
		this.followingRedirects = true;
		return this;
	}

	Payers at(Instant now) {
		this.clock = Clock.fixed(now, ZoneOffset.UTC);
		return this;
	}

	Payments at(String origin) {
		PaymentOptions options = new PaymentOptions(this.budget, this.events::add, this.prepaying,
				this.followingRedirects, Duration.ofSeconds(2), this.clock);
		SessionPayer made = new SessionPayer(grant(ID, URI.create(origin)), options);
		this.payer = made;
		return new Payments(made, options);
	}

	/** Put another session in the place of the one. */
	void follow(String sessionId) {
		this.payer.use(grant(sessionId, URI.create("http://shop/")));
	}

	static PaidCall call(URI url) {
		return new Payers().at(url.toString()).call("GET", url, (name) -> List.of()).orElseThrow();
	}

	private static SessionGrant grant(String id, URI origin) {
		SpendingRules rules = new SpendingRules("stellar:testnet", "CUSDC", "GSHOP", "GSPENDER",
				BigInteger.valueOf(100), Set.of(Origin.of(origin)));
		return new SessionGrant(id, rules, BigInteger.valueOf(100), START.plusSeconds(3000), START.plusSeconds(3600));
	}

	List<PaymentEvent> events() {
		return this.events;
	}

}
