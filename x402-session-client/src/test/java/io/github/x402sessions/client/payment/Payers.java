package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.jdk.PayingHttpClients;
import io.github.x402sessions.client.payment.message.PaymentChallenge;
import io.github.x402sessions.client.payment.message.PaymentForm;
import io.github.x402sessions.client.payment.session.PaymentSigner;
import io.github.x402sessions.client.payment.session.SessionGrant;
import io.github.x402sessions.client.payment.session.SessionPayer;
import io.github.x402sessions.client.payment.session.SpendingRules;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.price.Asset;

/**
 * Payers for tests: a session of 100 base units a call, paid to GSHOP.
 */
public final class Payers {

	public static final String ID = "s3cret+id";

	public static final String APPROVAL = "ab".repeat(32);

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	private Budget budget = Budget.unlimited();

	private final List<Payer> others = new ArrayList<>();

	private boolean prepaying;

	private boolean followingRedirects;

	private SessionPayer payer;

	private PaymentSigner signer;

	private Clock clock = Clock.fixed(START, ZoneOffset.UTC);

	public Payers budget(long limit) {
		this.budget = Budget.of("stellar:testnet", "CUSDC", BigInteger.valueOf(limit), Duration.ofHours(1), this.clock);
		return this;
	}

	public Payers prepaying() {
		this.prepaying = true;
		return this;
	}

	/** Have the session be one with a key. */
	public Payers signing(SessionKeyPair key, Map<Origin, Origin> publicOrigins) {
		this.signer = new PaymentSigner(key, APPROVAL, publicOrigins);
		return this;
	}

	/** Have somebody else asked where the session declines. */
	Payers or(Payer other) {
		this.others.add(other);
		return this;
	}

	public Payers followingRedirects() {
		this.followingRedirects = true;
		return this;
	}

	public Payers at(Instant now) {
		this.clock = Clock.fixed(now, ZoneOffset.UTC);
		return this;
	}

	public Payments at(String origin) {
		return new Payments(source(URI.create(origin)), options());
	}

	/** A client that has paid what a challenge asks for a URL before. */
	public HttpClient knowing(URI uri, String challenge) {
		PaidCallFactory calls = new PaidCallFactory(source(uri), options());
		calls.prices()
			.orElseThrow()
			.learn("GET", uri, PaymentChallenge.read(PaymentForm.HEADER, List.of(challenge), uri).orElseThrow());
		return new PayingHttpClients(calls, options()).shared();
	}

	private Payer source(URI origin) {
		SessionPayer made = new SessionPayer(grant(ID, origin), options());
		this.payer = made;
		return made;
	}

	PaymentOptions options() {
		return new PaymentOptions(this.budget, this.events::add, this.prepaying, this.followingRedirects,
				Duration.ofSeconds(2), this.clock, List.copyOf(this.others), "stellar:testnet", new Asset("CUSDC", 7));
	}

	/** Put another session in the place of the one. */
	void follow(String sessionId) {
		this.payer.use(grant(sessionId, URI.create("http://shop/")));
	}

	/** Close the session. */
	void stop() {
		this.payer.stop();
	}

	public static PaidCall call(URI url) {
		return new Payers().at(url.toString()).call("GET", url, (name) -> List.of()).orElseThrow();
	}

	private SessionGrant grant(String id, URI origin) {
		SpendingRules rules = new SpendingRules("stellar:testnet", new Asset("CUSDC", 7), "GSHOP", "GSPENDER",
				BigInteger.valueOf(100), Set.of(Origin.of(origin)));
		return new SessionGrant(id, rules, BigInteger.valueOf(100), START.plusSeconds(3000), START.plusSeconds(3600),
				this.signer);
	}

	public List<PaymentEvent> events() {
		return this.events;
	}

}
